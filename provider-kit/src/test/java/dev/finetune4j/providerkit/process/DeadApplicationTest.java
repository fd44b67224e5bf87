package dev.finetune4j.providerkit.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.job.FineTuningJob;
import dev.finetune4j.job.JobListener;
import dev.finetune4j.job.JobStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DeadApplicationTest {
  @TempDir Path directory;

  @Test
  void aJobGoesOnWhenItsApplicationDiesAndIsFoundByTheNext() throws Exception {
    Process application =
        JavaCommand.ofThisJvm()
            .running(FakeApplication.class, List.of(directory.toString()))
            .inheritIO()
            .start();
    boolean ended = application.waitFor(60, TimeUnit.SECONDS);
    ProcessJobOperations next = FakeJobs.in(directory);

    FineTuningJob job = FakeJobs.await(next, next.find("job-1").orElseThrow(), JobListener.NONE);

    assertThat(ended).isTrue();
    assertThat(application.exitValue()).isEqualTo(137);
    assertThat(job.status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(ChildRecord.find(new JobFolder(directory.resolve("job-1"))).orElseThrow().attempt())
        .isEqualTo(1);
  }

  @Test
  void aChildThatIsNotToldToStartTouchesNothing() throws Exception {
    JobFolder folder =
        JobCreation.create(directory, "job-1", FakeJobs.contents(FakeJobs.request()));
    Process child = FakeJobs.command(folder).start();

    child.getOutputStream().close();

    assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(child.exitValue()).isEqualTo(ExitCode.NOT_STARTED);
    assertThat(folder.directory().toFile().list()).containsExactly(JobFolder.REQUEST);
  }

  @Test
  void aChildThatGivesNoSignOfLifeIsEndedAndStartedAgain() throws Exception {
    ProcessJobOperations jobs = FakeJobs.in(directory);
    var reference = jobs.submit("job-1", FakeJobs.contents(FakeJobs.request().put("holds_at", 7)));
    JobFolder folder = new JobFolder(directory.resolve("job-1"));
    FakeJobs.until(() -> folder.directory().resolve("died").toFile().exists());
    ProcessHandle stuck = ChildRecord.findRunning(folder).orElseThrow();
    ProcessJobOperations impatient =
        ProcessJobOperations.builder(FakeJobs.PROVIDER, directory, FakeJobs::command)
            .time(new LaterTime())
            .build();

    impatient.fetch(reference);

    assertThat(stuck.isAlive()).isFalse();
    FineTuningJob job = FakeJobs.await(jobs, reference, JobListener.NONE);
    assertThat(job.requireFineTunedModel().name()).isEqualTo("sum-210");
  }
}
