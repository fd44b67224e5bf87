package dev.finetune4j.local;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.finetune4j.PollingSchedule;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.job.JobEvent;
import dev.finetune4j.job.JobHandle;
import dev.finetune4j.job.JobListener;
import dev.finetune4j.job.TrainingMetrics;
import dev.finetune4j.json.Json;
import dev.finetune4j.testkit.Requests;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.Hyperparameters;
import dev.finetune4j.training.SubmissionKey;
import dev.finetune4j.training.SupervisedTraining;
import dev.finetune4j.training.WeightUpdate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Trainings of {@link RandomBase} that run into a limit of the machine. */
final class SmallJobs {
  static final PollingSchedule QUICK =
      new PollingSchedule(Duration.ofMillis(20), 1, Duration.ofMillis(20), Duration.ofMinutes(2));

  private SmallJobs() {}

  static FineTuningRequest request(int steps, int checkpointSteps) {
    return request(steps, checkpointSteps, 16, Requests.sums());
  }

  static FineTuningRequest request(
      int steps, int checkpointSteps, int rank, Dataset<ChatExample> data) {
    SupervisedTraining method =
        SupervisedTraining.withDefaults()
            .withHyperparameters(Hyperparameters.builder().epochs(steps).batchSize(12).build())
            .withWeightUpdate(WeightUpdate.lowRank(rank));
    return FineTuningRequest.builder("micro", method, data)
        .providerOption("checkpoint_steps", checkpointSteps)
        .submissionKey(new SubmissionKey("job"))
        .build();
  }

  /** Returns the losses that a job has reported, by step. */
  static Map<Long, Double> losses(JobHandle job) {
    Map<Long, Double> losses = new TreeMap<>();
    job.readEvents(
        new JobListener() {
          @Override
          public void onEvent(JobEvent event) {
            if (event instanceof JobEvent.MetricsRecorded recorded) {
              losses.put(
                  recorded.metrics().step(),
                  recorded.metrics().find(TrainingMetrics.LOSS).orElseThrow());
            }
          }
        });
    return losses;
  }

  /** Waits until the process that worked on the job last has ended, and fails if it does not. */
  static void assertNothingIsLeft(Path directory) throws Exception {
    String json = Files.readString(directory.resolve("jobs/job/process.json"));
    Optional<ProcessHandle> child = ProcessHandle.of(Json.parseObject(json).requireLong("pid"));
    if (child.isPresent()) {
      child.get().onExit().get(30, TimeUnit.SECONDS);
    }
  }

  /** Writes a {@code java} that runs under a limit of the shell's, where there is such a shell. */
  static Path javaUnder(String limit, Path folder) throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "Limits need /bin/sh and its ulimit.");
    Path script = folder.resolve("java-under-a-limit");
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Files.writeString(script, "#!/bin/sh\nulimit " + limit + "\nexec \"" + java + "\" \"$@\"\n");
    assumeTrue(script.toFile().setExecutable(true), "The script cannot be made executable.");
    return script;
  }
}
