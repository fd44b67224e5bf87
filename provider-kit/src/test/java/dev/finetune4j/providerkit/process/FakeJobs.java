package dev.finetune4j.providerkit.process;

import dev.finetune4j.PollingSchedule;
import dev.finetune4j.ProviderId;
import dev.finetune4j.Time;
import dev.finetune4j.job.FineTuningJob;
import dev.finetune4j.job.JobHandle;
import dev.finetune4j.job.JobListener;
import dev.finetune4j.job.JobReference;
import dev.finetune4j.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;

/** Jobs of {@link FakeTrainer} in one directory. */
final class FakeJobs {
  static final ProviderId PROVIDER = new ProviderId("fake");
  private static final PollingSchedule QUICK =
      new PollingSchedule(Duration.ofMillis(10), 1, Duration.ofMillis(10), Duration.ofSeconds(30));

  private FakeJobs() {}

  static ProcessJobOperations in(Path directory) {
    return ProcessJobOperations.builder(PROVIDER, directory, FakeJobs::command).build();
  }

  static ProcessBuilder command(JobFolder folder) {
    return JavaCommand.ofThisJvm()
        .withOptions(List.of("-XX:TieredStopAtLevel=1", "-Xshare:auto"))
        .running(FakeTrainer.class, List.of(folder.directory().toString()));
  }

  static JsonObject request() {
    return JsonObject.empty()
        .put("base_model", "number")
        .put("submission_key", "key-1")
        .put("created_at", "2026-01-02T03:04:05Z");
  }

  static JobContents contents(JsonObject request) {
    return directory -> Files.writeString(directory.resolve(JobFolder.REQUEST), request.toString());
  }

  static FineTuningJob await(ProcessJobOperations jobs, JobReference job, JobListener listener)
      throws InterruptedException {
    return new JobHandle(job, jobs, Time.system()).await(QUICK, listener);
  }

  /** Asks again and again until the answer is yes, at most half a minute. */
  static void until(Callable<Boolean> question) throws Exception {
    Instant start = Time.system().now();
    while (!question.call()) {
      if (Duration.between(start, Time.system().now()).toSeconds() > 30) {
        throw new AssertionError("It did not come true within 30 s.");
      }
      Time.system().sleep(Duration.ofMillis(5));
    }
  }
}
