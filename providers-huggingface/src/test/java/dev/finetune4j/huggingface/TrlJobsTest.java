package dev.finetune4j.huggingface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.PollingSchedule;
import dev.finetune4j.Time;
import dev.finetune4j.deployment.Capacity;
import dev.finetune4j.deployment.DeploymentSpec;
import dev.finetune4j.error.InvalidRequestException;
import dev.finetune4j.error.UnsupportedCapabilityException;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.inference.ChatRequest;
import dev.finetune4j.job.FineTuningJob;
import dev.finetune4j.job.JobEvent;
import dev.finetune4j.job.JobHandle;
import dev.finetune4j.job.JobStatus;
import dev.finetune4j.json.Json;
import dev.finetune4j.provider.Deployer;
import dev.finetune4j.testkit.RecordingListener;
import dev.finetune4j.testkit.Requests;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.Hyperparameters;
import dev.finetune4j.training.SupervisedTraining;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
final class TrlJobsTest {
  private static final Duration LOOK = Duration.ofMillis(20);
  private static final PollingSchedule OFTEN =
      new PollingSchedule(Duration.ofMillis(20), 1, Duration.ofMillis(20), Duration.ofMinutes(1));

  @TempDir Path directory;
  private HuggingFaceProvider provider;

  @BeforeEach
  void make() throws IOException {
    provider = provider();
  }

  @AfterEach
  void close() {
    provider.close();
  }

  @Test
  void aTrainerThatDiedResumesFromItsCheckpoint() throws Exception {
    RecordingListener listener = new RecordingListener();

    FineTuningJob job = provider.submit(request("die at 15", 10)).await(OFTEN, listener);

    assertThat(job.status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(texts(listener)).anyMatch(text -> text.contains("again from checkpoint-10"));
    assertThat(steps(listener)).isEqualTo(20).isEqualTo(distinctSteps(listener));
  }

  @Test
  void aPermanentFailureEndsTheJobWithItsReasonAndAdvice() throws Exception {
    FineTuningJob job = provider.submit(request("raise", 10)).await(OFTEN);

    assertThat(job.status()).isEqualTo(JobStatus.FAILED);
    assertThat(job.failureReason())
        .hasValue(
            "Out of memory: CUDA out of memory. Tried to allocate 2 GiB Train with a smaller"
                + " batch, shorter sequences, low-rank updates or 4-bit weights, then resume the"
                + " job.");
  }

  @Test
  void aJobIsFoundAgainByAnotherApplication() throws Exception {
    FineTuningRequest request = request("", 100);
    JobHandle first = provider.submit(request);
    provider.close();

    try (HuggingFaceProvider second = provider()) {
      JobHandle again = second.job(second.findJob(request.submissionKey()).orElseThrow());

      assertThat(again.await(OFTEN).status()).isEqualTo(JobStatus.SUCCEEDED);
      assertThat(again.reference()).isEqualTo(first.reference());
    }
  }

  @Test
  void aCancelledJobLeavesNoProcess() throws Exception {
    JobHandle handle = provider.submit(request("", 5_000));
    while (handle.refresh().status() != JobStatus.RUNNING) {
      Time.system().sleep(LOOK);
    }
    long pid = pid(handle);

    handle.cancel();

    assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void serversThatDoNotListTheModelAreNotCalled() throws Exception {
    List<String> liar =
        List.of("{interpreter}", FakePython.SCRIPTS.resolve("fake_server.py").toString(), "{port}");
    List<String> base = List.of(liar.get(0), liar.get(1), liar.get(2), "base");
    try (HuggingFaceProvider other = builder().server(ServerOptions.command(base, base)).build()) {
      FineTuningJob job = other.submit(request("", 1)).await(OFTEN);

      assertThatThrownBy(
              () ->
                  other
                      .deployer()
                      .orElseThrow()
                      .deploy(
                          DeploymentSpec.of(
                              job.requireFineTunedModel(), "tuned", Capacity.serverless()))
                      .await(OFTEN))
          .hasMessageContaining("The server does not serve")
          .hasMessageContaining("it lists [base]");
    }
  }

  @Test
  void transformersServesAMergedAdapterAndRefusesAnyOtherName() throws Exception {
    try (HuggingFaceProvider other = builder().server(ServerOptions.transformers()).build()) {
      FineTuningJob job = other.submit(request("", 1)).await(OFTEN);
      Deployer deployer = other.deployer().orElseThrow();
      DeploymentSpec spec =
          DeploymentSpec.of(job.requireFineTunedModel(), "tuned", Capacity.serverless());

      ChatModel model = deployer.chatModel(deployer.deploy(spec).await(OFTEN));

      assertThat(model.chat(ChatRequest.of("?")).text())
          .isEqualTo(directory.resolve("work/jobs").resolve(job.reference().id()) + "/merged");
    }
  }

  @Test
  void quantizedWeightsAreRefusedWithoutACard() {
    if (TrlAccelerator.ofThisMachine().isThere()) {
      return;
    }
    FineTuningRequest request = option("load_in_4bit", true);

    assertThatThrownBy(() -> provider.submit(request))
        .isInstanceOf(UnsupportedCapabilityException.class)
        .hasMessageContaining("without an NVIDIA graphics card");
  }

  @Test
  void accelerateMustBeAMapOfFlags() {
    FineTuningRequest request = option("accelerate", "multi_gpu");

    assertThatThrownBy(() -> provider.submit(request))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("a map of the launcher's flags");
  }

  private HuggingFaceProvider provider() throws IOException {
    return builder().build();
  }

  private HuggingFaceLocalOptions builder() throws IOException {
    return HuggingFaceProvider.local(directory.resolve("work"))
        .interpreter(FakePython.in(directory))
        .server(FakePython.server());
  }

  private static FineTuningRequest request(String fault, int epochs) {
    return builder(epochs).providerOption("chat_template", fault).build();
  }

  private static FineTuningRequest option(String name, Object value) {
    return builder(1).providerOption(name, value).build();
  }

  private static FineTuningRequest.Builder<?> builder(int epochs) {
    return FineTuningRequest.builder(
        "small",
        SupervisedTraining.withDefaults()
            .withHyperparameters(Hyperparameters.builder().epochs(epochs).build()),
        Requests.sums());
  }

  private long pid(JobHandle handle) throws IOException {
    Path file =
        directory.resolve("work/jobs").resolve(handle.reference().id()).resolve("process.json");
    return Json.parseObject(Files.readString(file)).requireLong("pid");
  }

  private static List<String> texts(RecordingListener listener) {
    return listener.events().stream()
        .filter(JobEvent.MessageLogged.class::isInstance)
        .map(event -> ((JobEvent.MessageLogged) event).text())
        .toList();
  }

  private static long steps(RecordingListener listener) {
    return listener.events().stream().filter(JobEvent.MetricsRecorded.class::isInstance).count();
  }

  private static long distinctSteps(RecordingListener listener) {
    return listener.events().stream()
        .filter(JobEvent.MetricsRecorded.class::isInstance)
        .map(JobEvent::id)
        .distinct()
        .count();
  }
}
