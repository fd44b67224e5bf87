package dev.finetune4j.simulator.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.json.JsonObject;
import dev.finetune4j.simulator.Fault;
import dev.finetune4j.testkit.FakeClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class JobLifeTest {
  private static final Duration WHOLE = Duration.ofSeconds(30 + 60 + 1200);

  private final FakeClock time = new FakeClock();
  private final SimulatedOpenAi openAi =
      SimulatedOpenAi.builder().time(time).organization("acme").start();
  private final Wire wire = new Wire(openAi);

  @AfterEach
  void close() {
    openAi.close();
  }

  @Test
  void aJobGoesThroughItsStatesAsTheClockGoesOn() throws Exception {
    String id = wire.job("");

    List<String> seen = new ArrayList<>();
    for (int minutes : new int[] {0, 1, 1, 20}) {
      time.advance(Duration.ofMinutes(minutes));
      seen.add(fetch(id).requireString("status"));
    }

    assertThat(seen).containsExactly("validating_files", "queued", "running", "succeeded");
  }

  @Test
  void aFinishedJobNamesItsModelItsTokensAndItsFigures() throws Exception {
    String id = wire.job(",\"suffix\":\"fruit\",\"hyperparameters\":{\"n_epochs\":4}");

    time.advance(WHOLE);
    JsonObject job = fetch(id);

    assertThat(job.requireString("fine_tuned_model"))
        .matches("ft:gpt-4\\.1-mini-2025-04-14:acme:fruit:[A-Za-z0-9]{8}");
    assertThat(job.requireString("model")).isEqualTo("gpt-4.1-mini-2025-04-14");
    assertThat(job.requireLong("trained_tokens")).isEqualTo(1060);
    assertThat(job.requireObject("hyperparameters").requireLong("n_epochs")).isEqualTo(4);
    String file = (String) job.list("result_files").get(0);
    String content = wire.get("/files/" + file + "/content").body();
    String csv = new String(Base64.getDecoder().decode(content), StandardCharsets.UTF_8);
    assertThat(csv).startsWith("step,train_loss,train_mean_token_accuracy,valid_loss,");
    assertThat(csv.lines()).hasSize(41);
  }

  @Test
  void aTunedModelGivesTheAnswerOfTheNearestExample() throws Exception {
    String id = wire.job("");
    time.advance(WHOLE);
    String model = fetch(id).requireString("fine_tuned_model");

    JsonObject answer = Wire.json(wire.post("/chat/completions", question(model, "fruit7")));

    JsonObject message = answer.objects("choices").get(0).requireObject("message");
    assertThat(message.requireString("content")).isEqualTo("colour7");
  }

  @Test
  void anAnswerThatIsLostLeavesOneJobThatTheListShows() throws Exception {
    String file = wire.file(Wire.examples(10));
    openAi.faults().next("POST /fine_tuning/jobs", Fault.lostAnswer());
    String body =
        "{\"model\":\"gpt-4.1-mini\",\"training_file\":\"%s\",\"metadata\":{\"key\":\"k1\"}}"
            .formatted(file);

    IOException lost = null;
    try {
      wire.post("/fine_tuning/jobs", body);
    } catch (IOException e) {
      lost = e;
    }

    assertThat(lost).isNotNull();
    assertThat(openAi.jobsCreated()).isEqualTo(1);
    assertThat(list("?metadata%5Bkey%5D=k1")).hasSize(1);
    assertThat(list("?metadata[key]=k2".replace("[", "%5B").replace("]", "%5D"))).isEmpty();
  }

  @Test
  void aJobIsThereThoughAGatewaySaid504() throws Exception {
    String file = wire.file(Wire.examples(10));
    openAi
        .faults()
        .next("POST /fine_tuning/jobs", Fault.handledButAnswered(OpenAiErrors.status(504)));

    int status =
        wire.post(
                "/fine_tuning/jobs",
                "{\"model\":\"gpt-4.1-mini\",\"training_file\":\"" + file + "\"}")
            .statusCode();

    assertThat(status).isEqualTo(504);
    assertThat(openAi.jobsCreated()).isEqualTo(1);
    assertThat(list("")).hasSize(1);
  }

  @Test
  void eventsComeNewestFirstAndSomeComeAfterTheEnd() throws Exception {
    String id = wire.job(",\"hyperparameters\":{\"n_epochs\":1}");

    time.advance(WHOLE);
    List<JsonObject> atTheEnd = events(id, "?limit=100");
    time.advance(Duration.ofSeconds(10));
    List<JsonObject> later = events(id, "?limit=100");

    assertThat(atTheEnd).hasSize(16);
    assertThat(atTheEnd.get(0).requireString("message"))
        .isEqualTo("The job has successfully completed");
    assertThat(atTheEnd.get(15).requireString("message")).startsWith("Created fine-tuning job");
    assertThat(later).hasSize(18);
  }

  @Test
  void eventsArePagedByTheLastIdSeen() throws Exception {
    String id = wire.job(",\"hyperparameters\":{\"n_epochs\":1}");
    time.advance(WHOLE);

    List<String> seen = new ArrayList<>();
    String after = "";
    boolean more = true;
    while (more) {
      JsonObject page =
          Wire.json(wire.get("/fine_tuning/jobs/" + id + "/events?limit=3&after=" + after));
      page.objects("data").forEach(event -> seen.add(event.requireString("id")));
      after = seen.get(seen.size() - 1);
      more = page.findBoolean("has_more").orElseThrow();
    }

    assertThat(seen).hasSize(16).doesNotHaveDuplicates();
  }

  @Test
  void theLossFallsFromTheFirstStepToTheLast() throws Exception {
    String id = wire.job(",\"hyperparameters\":{\"n_epochs\":5}");
    time.advance(WHOLE);

    List<Double> losses =
        events(id, "?limit=1000").stream()
            .filter(event -> event.requireString("type").equals("metrics"))
            .map(event -> event.requireObject("data").requireDouble("train_loss"))
            .toList();

    assertThat(losses).hasSize(50);
    assertThat(losses.get(0)).isLessThan(0.4);
    assertThat(losses.get(49)).isGreaterThan(1.5);
  }

  @Test
  void theCheckpointsOfTheLastThreeEpochsAreKept() throws Exception {
    String id = wire.job(",\"hyperparameters\":{\"n_epochs\":5}");
    time.advance(WHOLE);

    List<JsonObject> checkpoints =
        Wire.json(wire.get("/fine_tuning/jobs/" + id + "/checkpoints")).objects("data");

    assertThat(checkpoints)
        .extracting(checkpoint -> checkpoint.requireLong("step_number"))
        .containsExactly(50L, 40L, 30L);
    assertThat(checkpoints.get(1).requireString("fine_tuned_model_checkpoint"))
        .endsWith(":ckpt-step-40");
  }

  @Test
  void aPausedJobStandsStillAndWaitsAgainAfterItIsResumed() throws Exception {
    String id = wire.job("");
    time.advance(Duration.ofMinutes(5));

    wire.post("/fine_tuning/jobs/" + id + "/pause", "");
    time.advance(Duration.ofDays(2));
    String paused = fetch(id).requireString("status");
    String resumed =
        Wire.json(wire.post("/fine_tuning/jobs/" + id + "/resume", "")).requireString("status");
    time.advance(Duration.ofMinutes(1));
    String again = fetch(id).requireString("status");
    time.advance(Duration.ofMinutes(17));

    assertThat(List.of(paused, resumed, again)).containsExactly("paused", "queued", "running");
    assertThat(fetch(id).requireString("status")).isEqualTo("succeeded");
  }

  @Test
  void aFinishedJobCannotBeCancelled() throws Exception {
    String cancelled = wire.job("");
    String finished = wire.job("");

    JsonObject first = Wire.json(wire.post("/fine_tuning/jobs/" + cancelled + "/cancel", ""));
    time.advance(WHOLE);
    int status = wire.post("/fine_tuning/jobs/" + finished + "/cancel", "").statusCode();

    assertThat(first.requireString("status")).isEqualTo("cancelled");
    assertThat(fetch(cancelled).requireString("status")).isEqualTo("cancelled");
    assertThat(status).isEqualTo(400);
  }

  @Test
  void nineExamplesFailTheJobWithTheServicesMessage() throws Exception {
    String file = wire.file(Wire.examples(9));
    String body = "{\"model\":\"gpt-4.1-mini\",\"training_file\":\"" + file + "\"}";
    String id = Wire.json(wire.post("/fine_tuning/jobs", body)).requireString("id");

    time.advance(Duration.ofSeconds(30));
    JsonObject job = fetch(id);

    assertThat(job.requireString("status")).isEqualTo("failed");
    assertThat(job.requireObject("error").toString())
        .isEqualTo(
            "{\"code\":\"invalid_n_examples\",\"param\":\"training_file\",\"message\":"
                + "\"Training file has 9 example(s), but must have at least 10 examples\"}");
  }

  private JsonObject fetch(String id) throws Exception {
    return Wire.json(wire.get("/fine_tuning/jobs/" + id));
  }

  private List<JsonObject> events(String id, String query) throws Exception {
    return Wire.json(wire.get("/fine_tuning/jobs/" + id + "/events" + query)).objects("data");
  }

  private List<JsonObject> list(String query) throws Exception {
    return Wire.json(wire.get("/fine_tuning/jobs" + query)).objects("data");
  }

  private static String question(String model, String fruit) {
    return "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"Tell me: %s?\"}]}"
        .formatted(model, fruit);
  }
}
