package dev.finetune4j.huggingface;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.PollingSchedule;
import dev.finetune4j.huggingface.hub.HubPython;
import dev.finetune4j.job.FineTuningJob;
import dev.finetune4j.job.JobEvent;
import dev.finetune4j.job.JobHandle;
import dev.finetune4j.job.JobStatus;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.simulator.Fault;
import dev.finetune4j.simulator.SimulatedResponse;
import dev.finetune4j.simulator.huggingface.HubJobScenario;
import dev.finetune4j.simulator.huggingface.SimulatedHub;
import dev.finetune4j.testkit.FakeClock;
import dev.finetune4j.testkit.RecordingListener;
import dev.finetune4j.testkit.Requests;
import dev.finetune4j.training.SubmissionKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The program of a Space as it is, with the Hub's own Python client against the simulated Hub; only
 * AutoTrain, which needs 6 GB of packages, is a fake.
 */
@Tag("python")
final class SpacePythonTest {
  private static final String TOKEN = "hf_space0123456789";
  private static final String NAME = "acme/finetune4j-autotrain-key-1";
  private static final String BASE = "HuggingFaceTB/SmolLM2-135M-Instruct";

  /** The client of AutoTrain's environment, which a Space has. */
  private static final String PACKAGES = "requirements-space.txt";

  @TempDir Path folder;
  private final FakeClock time = new FakeClock();
  private SimulatedHub service;
  private HuggingFaceProvider provider;
  private SpaceProgram program;

  @BeforeEach
  void start() throws IOException {
    // The log of the simulated Space is what the program has said when it first speaks of the
    // Space.
    service =
        SimulatedHub.builder().time(time).token(TOKEN).user("acme").spaces(order -> said()).start();
    provider =
        HuggingFaceProvider.autoTrainOnSpaces(() -> TOKEN)
            .hub(service.endpoint())
            .cache(folder.resolve("cache"))
            .time(time)
            .build();
    program = new SpaceProgram(service, NAME, folder).withStandIn();
  }

  @AfterEach
  void stop() {
    provider.close();
    service.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {PACKAGES, "requirements-hub.txt"})
  void itTrainsAndTheJobHasTheResult(String packages) throws Exception {
    RecordingListener listener = new RecordingListener();
    JobHandle handle = provider.submit(Requests.sums(BASE, "key-1"));

    run(packages);
    time.advance(Duration.ofHours(1));
    FineTuningJob job = handle.await(PollingSchedule.standard(), listener);

    assertThat(job.failureReason()).isEmpty();
    assertThat(job.status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(provider.outputFolder(job.requireFineTunedModel()))
        .isDirectoryContaining("glob:**/adapter_model.safetensors")
        .isDirectoryContaining("glob:**/adapter_config.json");
    assertThat(listener.events(JobEvent.MetricsRecorded.class)).isNotEmpty();
    assertThat(paused()).isEqualTo(1);
    assertThat(service.spaces()).isEmpty();
    assertThat(service.requests()).noneMatch(request -> request.status() >= 500);
  }

  @Test
  void theJobHasTheFailureReasonOfTheTrainer() throws Exception {
    JobHandle handle = provider.submit(file("zephyr"));

    run(PACKAGES);
    FineTuningJob job = handle.refresh();

    assertThat(job.status()).isEqualTo(JobStatus.FAILED);
    assertThat(job.failureReason())
        .contains("AutoTrain failed: KeyError: 'text'. See the log for details.");
    assertThat(paused()).isEqualTo(1);
  }

  @Test
  void aSecondStartDoesNotTrainAgain() throws Exception {
    provider.submit(Requests.sums(BASE, "key-1"));
    run(PACKAGES);
    int commits = service.commits();

    run(PACKAGES);

    assertThat(program.said()).noneMatch(line -> line.contains("AutoTrain runs"));
    assertThat(service.commits()).isEqualTo(commits);
    assertThat(paused()).isEqualTo(2);
  }

  @Test
  void trainingThatTakesTooLongIsStopped() throws Exception {
    JobHandle handle = provider.submit(Requests.sums(BASE, "key-1"));
    trainFor(600);
    program.with("FINETUNE4J_SECONDS", "1");

    run(PACKAGES);

    assertThat(handle.refresh().failureReason())
        .contains("The training was stopped after 1 seconds, the limit set in the options.");
    assertThat(paused()).isEqualTo(1);
  }

  @Test
  void anOutcomeRecordedDuringTrainingIsKept() throws Exception {
    JobHandle handle = provider.submit(Requests.sums(BASE, "key-1"));
    trainFor(6);
    Process process = program.start(HubPython.interpreter(PACKAGES));
    while (program.said().stream().noneMatch(line -> line.contains("AutoTrain runs"))) {
      assertThat(process.waitFor(20, TimeUnit.MILLISECONDS)).as("%s", program.said()).isFalse();
    }

    byte[] cancelled = "{\"status\":\"cancelled\"}".getBytes(StandardCharsets.UTF_8);
    service.putFile("models/" + NAME, "main", "finetune4j_outcome.json", cancelled);

    assertThat(end(process)).isZero();
    assertThat(handle.refresh().status()).isEqualTo(JobStatus.CANCELLED);
  }

  @Test
  void itPausesEvenIfItCannotStart() throws Exception {
    JobHandle handle = provider.submit(Requests.sums(BASE, "key-1"));
    program.with("FINETUNE4J_RESULT", "");

    int code = end(program.start(HubPython.interpreter(PACKAGES)));
    FineTuningJob job = handle.refresh();

    assertThat(code).isEqualTo(1);
    assertThat(paused()).isEqualTo(1);
    assertThat(job.status()).isEqualTo(JobStatus.FAILED);
  }

  @Test
  void missingDataIsTheFailureReason() throws Exception {
    JobHandle handle = provider.submit(Requests.sums(BASE, "key-1"));
    program.with("FINETUNE4J_COMMIT", "0123456789012345678901234567890123456789");

    run(PACKAGES);

    assertThat(handle.refresh().failureReason().orElseThrow())
        .startsWith("The Space failed: RevisionNotFoundError");
    assertThat(paused()).isEqualTo(1);
  }

  @Test
  void oneErrorResponseDoesNotLoseTheResult() throws Exception {
    JobHandle handle = provider.submit(Requests.sums(BASE, "key-1"));
    Fault unavailable = Fault.answer(SimulatedResponse.json(503, JsonObject.empty()));
    service.faults().next("POST /api/models/{}/{}/commit/{}", unavailable);
    service.faults().next("POST /api/spaces/{}/{}/pause", unavailable);

    run(PACKAGES);

    assertThat(paused()).isEqualTo(1);
    assertThat(handle.refresh().status()).isEqualTo(JobStatus.SUCCEEDED);
  }

  @Test
  void itAnswersHealthChecks() throws Exception {
    provider.submit(Requests.sums(BASE, "key-1"));
    int port = freePort();
    Process process =
        program
            .with("FINETUNE4J_PORT", String.valueOf(port))
            .start(HubPython.interpreter(PACKAGES));

    boolean answered = false;
    while (!answered && !process.waitFor(20, TimeUnit.MILLISECONDS)) {
      answered = answers(port);
    }

    assertThat(answered).as("%s", program.said()).isTrue();
    assertThat(end(process)).isZero();
  }

  /** Lets the trainer wait, and leave nothing. */
  private void trainFor(int seconds) throws IOException {
    Path standIn = folder.resolve("modules/autotrain/cli/autotrain.py");
    Files.writeString(standIn, "import time\ntime.sleep(" + seconds + ")\n");
  }

  private void run(String packages) throws Exception {
    int code = end(program.start(HubPython.interpreter(packages)));

    assertThat(code).as("%s", String.join("\n", program.said())).isZero();
  }

  private static int end(Process process) throws InterruptedException {
    assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
    return process.exitValue();
  }

  private HubJobScenario said() {
    try {
      return HubJobScenario.of(Duration.ofMinutes(1)).saying(program.said().toArray(String[]::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long paused() {
    return service.requests().stream()
        .filter(request -> request.path().equals("/api/spaces/" + NAME + "/pause"))
        .filter(request -> request.status() == 200)
        .count();
  }

  private AutoTrainYamlOptions file(String template) throws IOException {
    Path data = Files.createDirectories(folder.resolve("data"));
    Files.writeString(data.resolve("train.jsonl"), "{\"messages\":[]}\n");
    Path config = folder.resolve("mine.yml");
    Files.writeString(
        config,
        """
        task: llm-sft
        base_model: %s
        project_name: mine
        log: none
        backend: local
        data:
          path: data
          train_split: train
          valid_split: null
          chat_template: %s
          column_mapping: {text_column: messages}
        params: {epochs: 1, peft: true, quantization: null}
        """
            .formatted(BASE, template));
    return AutoTrainYamlOptions.read(config).withSubmissionKey(new SubmissionKey("key-1"));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static boolean answers(int port) throws InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port)).build();
    try {
      return HttpClient.newHttpClient()
          .send(request, HttpResponse.BodyHandlers.ofString())
          .body()
          .equals("training\n");
    } catch (IOException notYet) {
      return false;
    }
  }
}
