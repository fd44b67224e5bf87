package dev.finetune4j.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.PollingSchedule;
import dev.finetune4j.error.NotFoundException;
import dev.finetune4j.error.UnsupportedCapabilityException;
import dev.finetune4j.job.FineTuningJob;
import dev.finetune4j.job.JobEvent;
import dev.finetune4j.job.JobListener;
import dev.finetune4j.job.JobStatus;
import dev.finetune4j.job.TrainingMetrics;
import dev.finetune4j.json.Json;
import dev.finetune4j.local.internal.process.TrainerRequest;
import dev.finetune4j.providerkit.process.JobFolder;
import dev.finetune4j.testkit.Requests;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.Hyperparameters;
import dev.finetune4j.training.SubmissionKey;
import dev.finetune4j.training.SupervisedTraining;
import dev.finetune4j.training.WeightUpdate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalJobsTest {
  private static final PollingSchedule QUICK =
      new PollingSchedule(Duration.ofMillis(20), 1, Duration.ofMillis(20), Duration.ofMinutes(2));

  @TempDir Path directory;
  private LocalProvider provider;

  @BeforeEach
  void make() throws Exception {
    provider =
        LocalProvider.builder(directory)
            .base("micro", RandomBase.write(directory.resolve("base")))
            .workers(2)
            .build();
  }

  @AfterEach
  void close() {
    provider.close();
  }

  private FineTuningRequest.Builder<?> request(String key, Hyperparameters settings) {
    return FineTuningRequest.builder(
            "micro",
            SupervisedTraining.withDefaults().withHyperparameters(settings),
            Requests.sums())
        .providerOption("checkpoint_steps", 25)
        .submissionKey(new SubmissionKey(key));
  }

  private static Hyperparameters steps(int count) {
    return Hyperparameters.builder().epochs(count).batchSize(12).build();
  }

  /** Remembers the losses, and kills the trainer when a step is seen. */
  private final class Killer implements JobListener {
    private final TreeMap<Long, Double> losses = new TreeMap<>();
    private final String key;
    private final long killedAt;
    private boolean killed;

    Killer(String key, long killedAt) {
      this.key = key;
      this.killedAt = killedAt;
    }

    @Override
    public void onEvent(JobEvent event) {
      if (event instanceof JobEvent.MetricsRecorded recorded) {
        long step = recorded.metrics().step();
        losses.put(step, recorded.metrics().find(TrainingMetrics.LOSS).orElseThrow());
        if (step >= killedAt && !killed) {
          killed = true;
          ProcessHandle.of(childOf(key)).ifPresent(ProcessHandle::destroyForcibly);
        }
      }
    }
  }

  private long childOf(String key) {
    try {
      String json =
          Files.readString(directory.resolve("jobs").resolve(key).resolve("process.json"));
      return Json.parseObject(json).requireLong("pid");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aKilledTrainerGoesOnAndEndsWithTheLossesOfAnUndisturbedOne() throws Exception {
    Killer calm = new Killer("calm", Long.MAX_VALUE);
    Killer killer = new Killer("killed", 30);

    provider.submit(request("calm", steps(150)).build()).await(QUICK, calm);
    FineTuningJob job = provider.submit(request("killed", steps(150)).build()).await(QUICK, killer);

    assertThat(job.status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(killer.killed).isTrue();
    assertThat(Files.readString(directory.resolve("jobs/killed/process.json")))
        .contains("\"attempt\":2");
    assertThat(killer.losses).isEqualTo(calm.losses).hasSize(150);
    assertThat(job.trainedTokens())
        .isEqualTo(
            provider
                .job(provider.findJob(new SubmissionKey("calm")).orElseThrow())
                .refresh()
                .trainedTokens());
    assertThat(
            Files.readAllBytes(directory.resolve("jobs/killed/output/adapter_model.safetensors")))
        .isEqualTo(
            Files.readAllBytes(directory.resolve("jobs/calm/output/adapter_model.safetensors")));
  }

  @Test
  void aTunedModelIsNamedAfterItsBaseItsSuffixAndItsKey() throws Exception {
    FineTuningJob job =
        provider
            .submit(
                request("key-1", steps(2)).suffix("my sums").providerOption("merge", true).build())
            .await(QUICK);

    assertThat(job.requireFineTunedModel().name()).isEqualTo("micro:my-sums:key-1");
    assertThat(provider.outputFolder(job.requireFineTunedModel()))
        .isDirectoryContaining("glob:**/adapter_config.json")
        .isDirectoryContaining("glob:**/merged");
  }

  @Test
  void aModelOfAMovedDirectoryFindsItsBaseThere() throws Exception {
    FineTuningJob job = provider.submit(request("key-1", steps(1)).build()).await(QUICK);
    assertThat(job.status()).isEqualTo(JobStatus.SUCCEEDED);
    Path moved = Files.createDirectory(directory.resolve("moved"));
    for (String part : List.of("base", "jobs")) {
      Files.move(directory.resolve(part), moved.resolve(part));
    }

    JobFolder folder = new JobFolder(moved.resolve("jobs").resolve("key-1"));

    assertThat(folder.request().requireString("base_folder")).isEqualTo("../../base");
    assertThat(TrainerRequest.of(folder).base()).isEqualTo(moved.resolve("base"));
  }

  @Test
  void aTrainerThatCannotReadItsBaseSaysSo() throws Exception {
    Files.writeString(directory.resolve("base/model.safetensors"), "not tensors");

    FineTuningJob job = provider.submit(request("broken", steps(2)).build()).await(QUICK);

    assertThat(job.status()).isEqualTo(JobStatus.FAILED);
    assertThat(job.failureReason().orElseThrow()).contains("model.safetensors");
  }

  @Test
  void whatTheTrainerDoesNotKnowIsRefusedBeforeItStarts() {
    assertThatThrownBy(
            () -> provider.submit(request("a", steps(1)).providerOption("magic", 1).build()))
        .isInstanceOf(UnsupportedCapabilityException.class)
        .hasMessageContaining("the option \"magic\"");
    assertThatThrownBy(
            () ->
                provider.submit(
                    request("b", Hyperparameters.builder().earlyStopPatience(2).build()).build()))
        .isInstanceOf(UnsupportedCapabilityException.class)
        .hasMessageContaining("early stop without validation data");
    assertThatThrownBy(() -> provider.submit(Requests.sums("unknown", "c")))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("there are \"tiny\" and [micro]");
    assertThat(directory.resolve("jobs")).doesNotExist();
  }

  @Test
  void layersThatDoNotExistAreRefused() {
    FineTuningRequest request =
        FineTuningRequest.builder(
                "micro",
                SupervisedTraining.withDefaults()
                    .withWeightUpdate(new WeightUpdate.LowRank(4, 8, 0, List.of("c_attn"))),
                Requests.sums())
            .build();

    assertThatThrownBy(() -> provider.submit(request))
        .isInstanceOf(UnsupportedCapabilityException.class)
        .hasMessageContaining("low-rank updates of [c_attn]");
  }
}
