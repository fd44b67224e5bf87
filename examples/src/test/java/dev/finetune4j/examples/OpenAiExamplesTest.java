package dev.finetune4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.finetune4j.ModelReference;
import dev.finetune4j.examples.console.ExampleArguments;
import dev.finetune4j.job.FineTuningJob;
import dev.finetune4j.job.JobStatus;
import dev.finetune4j.openai.OpenAiProvider;
import dev.finetune4j.simulator.openai.SimulatedOpenAi;
import dev.finetune4j.testkit.FakeClock;
import dev.finetune4j.testkit.Requests;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the examples that need an account against the simulated service, on a clock of its own. */
final class OpenAiExamplesTest {
  private static final byte[] WEBHOOK_KEY = "a key of the example".getBytes(StandardCharsets.UTF_8);

  @TempDir Path directory;

  private final FakeClock time = new FakeClock();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
  private SimulatedOpenAi service;
  private OpenAiProvider provider;

  @BeforeEach
  void start() {
    service = SimulatedOpenAi.builder().time(time).start();
    provider =
        OpenAiProvider.builder()
            .environment(
                Map.of(
                    "OPENAI_API_KEY", service.apiKey(),
                    "OPENAI_BASE_URL", service.baseUrl().toString(),
                    "OPENAI_WEBHOOK_SECRET",
                        "whsec_" + Base64.getEncoder().encodeToString(WEBHOOK_KEY)))
            .time(time)
            .build();
  }

  @AfterEach
  void stop() {
    provider.close();
    service.close();
  }

  @Test
  void theTutorialEndsWithATunedModelThatIsComparedAndStartedAgainMakesNoSecondJob()
      throws Exception {
    ExampleArguments arguments = arguments("--price-per-million", "25");

    ModelReference tuned = RecipesOnOpenAi.run(provider, arguments, out);
    ModelReference again = RecipesOnOpenAi.run(provider, arguments, out);

    assertThat(tuned.name()).startsWith("ft:gpt-4.1-mini-2025-04-14:").contains(":recipe-ner:");
    assertThat(again).isEqualTo(tuned);
    assertThat(service.jobsCreated()).isEqualTo(1);
    assertThat(text())
        .contains(
            "100 examples",
            "Training costs",
            "Fine-tuned model: " + tuned.name(),
            "the base model with 3 examples",
            "the tuned model against the base model with 3 examples");
  }

  @Test
  void preferencesAndGradersTrainToo() throws Exception {
    ModelReference preferred = PreferenceTuning.run(provider, arguments(), out);
    directory = directory.resolve("reinforcement");
    ModelReference rewarded = ReinforcementTuning.run(provider, arguments(), out);

    assertThat(preferred.name()).contains(":recipe-manner:");
    assertThat(rewarded.name()).startsWith("ft:o4-mini-2025-04-16:").contains(":recipe-reward:");
  }

  @Test
  void aRunThatStoppedAfterTheCreationGoesOnWithTheSameJob() throws Exception {
    ResumeAfterCrash.run(provider, arguments("--stop-after", "submit"), out);
    ResumeAfterCrash.run(provider, arguments(), out);

    assertThat(service.jobsCreated()).isEqualTo(1);
    assertThat(text()).contains("has no job yet", "Resuming it", "Fine-tuned model: ft:");
  }

  @Test
  void allOpenJobsAreFollowedToTheirEnd() {
    for (int number = 0; number < 12; number++) {
      provider.submit(Requests.sums("gpt-4.1-mini-2025-04-14", "followed-" + number));
    }

    List<FineTuningJob> ended = FollowManyJobs.run(provider, time, out);

    assertThat(ended).hasSize(12).allMatch(job -> job.status() == JobStatus.SUCCEEDED);
  }

  @Test
  void aSignedNoticeIsTakenAndAForgedOneIsNot() throws Exception {
    String job =
        provider.submit(Requests.sums("gpt-4.1-mini-2025-04-14", "noticed")).reference().id();
    HttpServer receiver = WebhookReceiver.start(provider, 0, out);
    try {
      String body =
          "{\"id\":\"evt_1\",\"created_at\":1767225600,\"type\":\"fine_tuning.job.succeeded\","
              + "\"object\":\"event\",\"data\":{\"id\":\""
              + job
              + "\"}}";

      int good = post(receiver, body, sign(body));
      int forged = post(receiver, body.replace("succeeded", "cancelled"), sign(body));

      assertThat(good).isEqualTo(200);
      assertThat(forged).isEqualTo(400);
      assertThat(text()).contains("fine_tuning.job.succeeded evt_1", "refused: The signature");
    } finally {
      receiver.stop(0);
    }
  }

  @Test
  void eachExampleSaysWhatItTakes() throws Exception {
    String[] help = {"--help"};

    RecipesOnOpenAi.main(help);
    PreferenceTuning.main(help);
    ReinforcementTuning.main(help);
    ResumeAfterCrash.main(help);
    FollowManyJobs.main(help);
    WebhookReceiver.main(help);

    assertThat(service.requests()).isEmpty();
  }

  private int post(HttpServer receiver, String body, String signature) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + receiver.getAddress().getPort() + "/webhook");
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("webhook-id", "msg_1")
            .header("webhook-timestamp", String.valueOf(time.now().getEpochSecond()))
            .header("webhook-signature", "v1," + signature)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return HttpClient.newHttpClient()
        .send(request, HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  private String sign(String body) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(WEBHOOK_KEY, "HmacSHA256"));
    String signed = "msg_1." + time.now().getEpochSecond() + "." + body;
    return Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
  }

  private ExampleArguments arguments(String... more) {
    String[] all = new String[more.length + 2];
    all[0] = "--directory";
    all[1] = directory.toString();
    System.arraycopy(more, 0, all, 2, more.length);
    return ExampleArguments.parse(
        all, "--directory", "--price-per-million", "--stop-after", "--model", "--beta");
  }

  private String text() {
    return printed.toString(StandardCharsets.UTF_8);
  }
}
