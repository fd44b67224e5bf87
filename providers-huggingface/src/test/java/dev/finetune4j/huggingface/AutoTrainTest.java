package dev.finetune4j.huggingface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.PollingSchedule;
import dev.finetune4j.Time;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.error.UnsupportedCapabilityException;
import dev.finetune4j.job.FineTuningJob;
import dev.finetune4j.job.JobEvent;
import dev.finetune4j.job.JobHandle;
import dev.finetune4j.job.JobStatus;
import dev.finetune4j.job.TrainingMetrics;
import dev.finetune4j.json.Json;
import dev.finetune4j.testkit.RecordingListener;
import dev.finetune4j.testkit.Requests;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.Hyperparameters;
import dev.finetune4j.training.SubmissionKey;
import dev.finetune4j.training.SupervisedTraining;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** How logs and files of AutoTrain are interpreted; the fake writes those of AutoTrain 0.8.36. */
@DisabledOnOs(OS.WINDOWS)
final class AutoTrainTest {
  private static final PollingSchedule POLLING =
      new PollingSchedule(Duration.ofMillis(20), 1, Duration.ofMillis(20), Duration.ofMinutes(1));

  @TempDir Path directory;
  private AutoTrainProvider provider;

  @BeforeEach
  void make() throws IOException {
    provider =
        AutoTrainProvider.local(directory.resolve("work"))
            .base("small", directory)
            .interpreter(FakeAutoTrain.in(directory))
            .build();
  }

  @AfterEach
  void close() {
    provider.close();
  }

  @Test
  void stepsAreReportedAsMetricsWithTheTotal() throws Exception {
    RecordingListener listener = new RecordingListener();

    provider.submit(request(2).build()).await(POLLING, listener);

    List<TrainingMetrics> metrics = metrics(listener);
    assertThat(metrics).extracting(TrainingMetrics::step).containsExactly(1L, 2L, 3L, 4L);
    assertThat(metrics.get(3).values())
        .containsEntry("loss", 0.75)
        .containsEntry("total_steps", 4.0)
        .doesNotContainKey("grad_norm");
  }

  @Test
  void aFailureWithExitCodeZeroIsReportedWithItsReason() throws Exception {
    FineTuningJob job = provider.submit(file("zephyr", "")).await(POLLING);

    assertThat(job.status()).isEqualTo(JobStatus.FAILED);
    assertThat(job.failureReason())
        .contains("AutoTrain failed: KeyError: 'text'. See the log for details.");
  }

  @Test
  void anEndWithoutWeightsIsAFailure() throws Exception {
    FineTuningJob job = provider.submit(file("none", "")).await(POLLING);

    assertThat(job.status()).isEqualTo(JobStatus.FAILED);
    assertThat(job.failureReason().orElseThrow()).contains("exit code 0", "without a result");
  }

  @Test
  void noTokenIsLeftOnTheDisk() throws Exception {
    JobHandle handle = provider.submit(request(1).build());
    handle.await(POLLING);

    try (Stream<Path> files = Files.walk(folder(handle))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file)).as(file.toString()).doesNotContain("hf_secret");
      }
    }
  }

  @Test
  void aFailedMergeIsReportedAndTheAdapterIsTheResult() throws Exception {
    RecordingListener listener = new RecordingListener();

    FineTuningJob job =
        provider
            .submit(request(1).providerOption("merge_adapter", true).build())
            .await(POLLING, listener);

    assertThat(provider.outputFolder(job.requireFineTunedModel()))
        .isDirectoryContaining(file -> file.endsWith("adapter_model.safetensors"))
        .isDirectoryNotContaining(file -> file.endsWith("autotrain-data"));
    assertThat(listener.events())
        .anyMatch(
            event ->
                event instanceof JobEvent.MessageLogged message
                    && message.level() == JobEvent.Level.WARNING);
  }

  @Test
  void aCancelledJobLeavesNoProcess() throws Exception {
    JobHandle handle = provider.submit(request(500).build());
    ProcessHandle runner = runner(handle);
    while (runner.descendants().noneMatch(AutoTrainTest::isAutoTrain)) {
      Time.system().sleep(Duration.ofMillis(10));
    }
    List<ProcessHandle> all = runner.descendants().toList();

    handle.cancel();

    assertThat(handle.refresh().status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(runner.isAlive()).isFalse();
    assertThat(all).noneMatch(ProcessHandle::isAlive);
  }

  @Test
  void killingTheRunnerKillsAutoTrain() throws Exception {
    JobHandle handle = provider.submit(request(500).build());
    ProcessHandle runner = runner(handle);
    while (runner.descendants().noneMatch(AutoTrainTest::isAutoTrain)) {
      Time.system().sleep(Duration.ofMillis(10));
    }
    ProcessHandle autoTrain =
        runner.descendants().filter(AutoTrainTest::isAutoTrain).findFirst().get();

    runner.destroyForcibly();

    autoTrain.onExit().get();
    assertThat(autoTrain.isAlive()).isFalse();
    handle.cancel();
  }

  @Test
  void filesForAnotherBackendAreRefused() throws IOException {
    AutoTrainYamlOptions file = file("tokenizer", "").withSubmissionKey(SubmissionKey.random());
    String spaces = file.toString().replace("backend: local", "backend: spaces-t4-small");
    Path other = Files.writeString(directory.resolve("spaces.yml"), spaces);

    assertThatThrownBy(() -> provider.submit(AutoTrainYamlOptions.read(other)))
        .isInstanceOf(UnsupportedCapabilityException.class)
        .hasMessageContaining("AutoTrainProvider.onSpaces");
  }

  @Test
  void fourBitWeightsWithoutACardAreRefusedEvenIfTheyAreADefault() throws IOException {
    AutoTrainYamlOptions file = file("tokenizer", "params:\n  peft: true\n");

    assertThatThrownBy(() -> provider.submit(file))
        .isInstanceOf(UnsupportedCapabilityException.class)
        .hasMessageContaining("quantization: null");
  }

  private AutoTrainYamlOptions file(String template, String rest) throws IOException {
    Files.createDirectories(directory.resolve("data"));
    Files.writeString(directory.resolve("data/train.jsonl"), "{\"messages\":[]}\n");
    String text =
        """
        task: llm-sft
        base_model: small
        project_name: mine
        log: none
        backend: local
        data:
          path: data
          train_split: train
          valid_split: null
          chat_template: %s
          column_mapping: {text_column: messages}
        %s"""
            .formatted(template, rest);
    return AutoTrainYamlOptions.read(Files.writeString(directory.resolve("mine.yml"), text));
  }

  private static FineTuningRequest.Builder<ChatExample> request(int epochs) {
    return FineTuningRequest.builder(
        "small",
        SupervisedTraining.withDefaults()
            .withHyperparameters(Hyperparameters.builder().epochs(epochs).build()),
        Requests.sums());
  }

  private Path folder(JobHandle handle) {
    return directory.resolve("work/autotrain/jobs").resolve(handle.reference().id());
  }

  private ProcessHandle runner(JobHandle handle) throws IOException {
    String record = Files.readString(folder(handle).resolve("process.json"));
    return ProcessHandle.of(Json.parseObject(record).requireLong("pid")).orElseThrow();
  }

  private static boolean isAutoTrain(ProcessHandle process) {
    List<String> arguments = process.info().arguments().map(List::of).orElse(List.of());
    return !arguments.isEmpty() && arguments.get(0).endsWith("fake_autotrain.py");
  }

  private static List<TrainingMetrics> metrics(RecordingListener listener) {
    return listener.events().stream()
        .filter(JobEvent.MetricsRecorded.class::isInstance)
        .map(event -> ((JobEvent.MetricsRecorded) event).metrics())
        .toList();
  }
}
