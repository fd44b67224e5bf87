package dev.finetune4j.providerkit.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.error.NotFoundException;
import dev.finetune4j.job.FineTuningJob;
import dev.finetune4j.job.JobEvent;
import dev.finetune4j.job.JobListener;
import dev.finetune4j.job.JobReference;
import dev.finetune4j.job.JobStatus;
import dev.finetune4j.job.TrainingMetrics;
import dev.finetune4j.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProcessJobOperationsTest {
  @TempDir Path directory;

  private JobReference submit(ProcessJobOperations jobs, JsonObject request) {
    return jobs.submit("job-1", FakeJobs.contents(request));
  }

  private FineTuningJob run(ProcessJobOperations jobs, JsonObject request)
      throws InterruptedException {
    return FakeJobs.await(jobs, submit(jobs, request), JobListener.NONE);
  }

  private JobFolder folder() {
    return new JobFolder(directory.resolve("job-1"));
  }

  @Test
  void anUndisturbedJobEndsWithItsModel() throws Exception {
    FineTuningJob job = run(FakeJobs.in(directory), FakeJobs.request());

    assertThat(job.status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(job.requireFineTunedModel().name()).isEqualTo("sum-210");
    assertThat(job.trainedTokens()).hasValue(210);
    assertThat(job.baseModel()).isEqualTo("number");
    assertThat(job.submissionKey()).contains("key-1");
    assertThat(job.createdAt()).hasToString("2026-01-02T03:04:05Z");
    assertThat(job.finishedAt()).isPresent();
  }

  @Test
  void aKilledChildGoesOnFromItsLastCheckpointAndReportsEachStepOnce() throws Exception {
    ProcessJobOperations jobs = FakeJobs.in(directory);
    List<Long> steps = new ArrayList<>();
    List<String> messages = new ArrayList<>();
    JobReference reference =
        submit(jobs, FakeJobs.request().put("dies_at", 13).put("dies_by", "9"));

    FineTuningJob job =
        FakeJobs.await(
            jobs,
            reference,
            new JobListener() {
              @Override
              public void onEvent(JobEvent event) {
                if (event instanceof JobEvent.MetricsRecorded recorded) {
                  steps.add(recorded.metrics().step());
                } else if (event instanceof JobEvent.MessageLogged message) {
                  messages.add(message.text());
                }
              }
            });

    assertThat(job.requireFineTunedModel().name()).isEqualTo("sum-210");
    assertThat(steps).hasSize(20).isSorted().doesNotHaveDuplicates();
    assertThat(messages)
        .containsExactly(
            "The job's process ended (killed by signal 9 (SIGKILL): by a person or program, or by the system"
                + " because memory ran out). It is started again from step-10.");
    assertThat(ChildRecord.find(folder()).orElseThrow().attempt()).isEqualTo(2);
  }

  @Test
  void aChildThatDiesAtTheSamePlaceAgainAndAgainFailsTheJobWithTheReason() throws Exception {
    JsonObject request =
        FakeJobs.request().put("dies_at", 3).put("dies_by", "exit-139").put("dies_always", true);

    FineTuningJob job = run(FakeJobs.in(directory), request);

    assertThat(job.status()).isEqualTo(JobStatus.FAILED);
    assertThat(job.failureReason().orElseThrow())
        .startsWith(
            "The job's process ended: killed by signal 11 (SIGSEGV): a fault in native code; 4"
                + " times in a row without getting further.")
        .endsWith("the last words");
    assertThat(ChildRecord.find(folder()).orElseThrow().attempt()).isEqualTo(4);
  }

  @Test
  void aChildWithoutRoomOnTheDiskIsNotStartedAgainUntilItIsResumed() throws Exception {
    ProcessJobOperations jobs = FakeJobs.in(directory);
    JsonObject request = FakeJobs.request().put("dies_at", 7).put("dies_by", "exit-74");

    FineTuningJob failed = run(jobs, request);
    jobs.resume(failed.reference());
    FineTuningJob job = FakeJobs.await(jobs, failed.reference(), JobListener.NONE);

    assertThat(failed.status()).isEqualTo(JobStatus.FAILED);
    assertThat(failed.failureReason().orElseThrow()).contains("exit code 74").contains("disk");
    assertThat(job.requireFineTunedModel().name()).isEqualTo("sum-210");
  }

  @Test
  void aPausedJobStaysSoAndGoesOnWhereItWas() throws Exception {
    ProcessJobOperations jobs = FakeJobs.in(directory);
    JobReference job = submit(jobs, FakeJobs.request().put("holds_at", 10));

    jobs.pause(job);
    FakeJobs.until(() -> jobs.fetch(job).status() == JobStatus.PAUSED);
    FakeJobs.until(() -> ChildRecord.findRunning(folder()).isEmpty());
    JobStatus later = FakeJobs.in(directory).fetch(job).status();
    jobs.resume(job);
    FineTuningJob end = FakeJobs.await(jobs, job, JobListener.NONE);

    assertThat(later).isEqualTo(JobStatus.PAUSED);
    assertThat(end.requireFineTunedModel().name()).isEqualTo("sum-210");
    assertThat(jobs.checkpoints(job))
        .extracting(c -> c.id())
        .containsExactly("step-5", "step-10", "step-15", "step-20");
  }

  @Test
  void cancellingEndsTheChildAndWhatItStarted() throws Exception {
    ProcessJobOperations jobs = FakeJobs.in(directory);
    JobReference job =
        submit(jobs, FakeJobs.request().put("holds_at", 2).put("spawns", 1).put("deaf", 1));
    Path spawned = folder().directory().resolve("spawned");
    FakeJobs.until(() -> Files.exists(spawned) && !Files.readString(spawned).isEmpty());
    long helper = Long.parseLong(Files.readString(spawned));
    ProcessHandle child = ChildRecord.findRunning(folder()).orElseThrow();

    FineTuningJob cancelled = jobs.cancel(job);

    assertThat(cancelled.status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(child.isAlive()).isFalse();
    FakeJobs.until(() -> ProcessHandle.of(helper).filter(ProcessHandle::isAlive).isEmpty());
    assertThat(jobs.resume(job).status()).isEqualTo(JobStatus.CANCELLED);
    assertThatThrownBy(job(jobs)::requireFineTunedModel).hasMessageContaining("CANCELLED");
  }

  private FineTuningJob job(ProcessJobOperations jobs) {
    return jobs.fetch(jobs.find("job-1").orElseThrow());
  }

  @Test
  void cancellingAJobThatHasJustEndedLeavesNoChildThatLingers() throws Exception {
    ProcessJobOperations jobs = FakeJobs.in(directory);
    FineTuningJob ended = run(jobs, FakeJobs.request().put("lingers", true));
    ProcessHandle child = ChildRecord.findRunning(folder()).orElseThrow();

    FineTuningJob cancelled = jobs.cancel(ended.reference());

    assertThat(cancelled.status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(child.isAlive()).isFalse();
  }

  @Test
  void manySubmitsAtOnceMakeOneFolderAndOneChild() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(8);
    List<Future<JobReference>> answers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      answers.add(pool.submit(() -> submit(FakeJobs.in(directory), FakeJobs.request())));
    }
    for (Future<JobReference> answer : answers) {
      answer.get();
    }
    pool.shutdown();
    ProcessJobOperations jobs = FakeJobs.in(directory);

    FineTuningJob job = FakeJobs.await(jobs, answers.get(0).get(), JobListener.NONE);

    assertThat(job.status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(ChildRecord.find(folder()).orElseThrow().attempt()).isEqualTo(1);
    assertThat(directory.toFile().list()).containsExactly("job-1");
    assertThat(jobs.list(Optional.empty()).jobs()).hasSize(1);
  }

  @Test
  void aJobThatAnotherApplicationLeftBehindIsTakenUpByTheFirstLook() throws Exception {
    JobFolder folder =
        JobCreation.create(directory, "job-1", FakeJobs.contents(FakeJobs.request()));
    new ChildRecord(ProcessIdentity.of(ProcessHandle.current()), 1, 0, "").writeTo(folder);
    ProcessIdentity earlier =
        new ProcessIdentity(
            ProcessHandle.current().pid(),
            ProcessIdentity.of(ProcessHandle.current()).startedAt().minusSeconds(3600));
    new ChildRecord(earlier, 1, 0, "").writeTo(folder);
    ProcessJobOperations jobs = FakeJobs.in(directory);

    FineTuningJob job = FakeJobs.await(jobs, jobs.find("job-1").orElseThrow(), JobListener.NONE);

    assertThat(job.status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(ChildRecord.find(folder).orElseThrow().attempt()).isEqualTo(2);
  }

  @Test
  void aJobThatIsNotThereIsNotFound() {
    ProcessJobOperations jobs = FakeJobs.in(directory);

    assertThat(jobs.find("nothing")).isEmpty();
    assertThatThrownBy(() -> jobs.fetch(new JobReference(FakeJobs.PROVIDER, "nothing")))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("There is no job fake:nothing");
    assertThatThrownBy(() -> jobs.submit("../escape", FakeJobs.contents(FakeJobs.request())))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theLossOfAKilledJobIsThatOfAnUndisturbedOne() throws Exception {
    ProcessJobOperations jobs = FakeJobs.in(directory);
    JobReference calm = jobs.submit("calm", FakeJobs.contents(FakeJobs.request()));
    JobReference killed =
        jobs.submit(
            "killed", FakeJobs.contents(FakeJobs.request().put("dies_at", 8).put("dies_by", "11")));

    FakeJobs.await(jobs, calm, JobListener.NONE);
    FakeJobs.await(jobs, killed, JobListener.NONE);

    assertThat(lastLoss(jobs, killed)).isEqualTo(lastLoss(jobs, calm)).isEqualTo(1.0 / 210);
  }

  private static double lastLoss(ProcessJobOperations jobs, JobReference job) {
    double loss = 0;
    for (JobEvent event : jobs.events(job, Optional.empty()).events()) {
      if (event instanceof JobEvent.MetricsRecorded recorded) {
        loss = recorded.metrics().find(TrainingMetrics.LOSS).orElseThrow();
      }
    }
    return loss;
  }
}
