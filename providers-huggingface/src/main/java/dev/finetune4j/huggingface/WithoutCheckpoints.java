package dev.finetune4j.huggingface;

import dev.finetune4j.PollingSchedule;
import dev.finetune4j.huggingface.internal.trl.TrlErrors;
import dev.finetune4j.job.Checkpoint;
import dev.finetune4j.job.EventPage;
import dev.finetune4j.job.FineTuningJob;
import dev.finetune4j.job.JobOperations;
import dev.finetune4j.job.JobPage;
import dev.finetune4j.job.JobReference;
import java.util.List;
import java.util.Optional;

/** Operations on jobs of a program that cannot resume. Thread-safe. */
final class WithoutCheckpoints implements JobOperations {
  private static final String SUGGESTION =
      "AutoTrain keeps no checkpoints. Use TRL, or let the job finish.";

  private final JobOperations jobs;

  WithoutCheckpoints(JobOperations jobs) {
    this.jobs = jobs;
  }

  @Override
  public PollingSchedule polling() {
    return jobs.polling();
  }

  @Override
  public FineTuningJob fetch(JobReference job) {
    return jobs.fetch(job);
  }

  @Override
  public FineTuningJob cancel(JobReference job) {
    return jobs.cancel(job);
  }

  @Override
  public FineTuningJob pause(JobReference job) {
    throw TrlErrors.unsupported("pausing a job", SUGGESTION);
  }

  @Override
  public FineTuningJob resume(JobReference job) {
    throw TrlErrors.unsupported("resuming a job", SUGGESTION);
  }

  @Override
  public EventPage events(JobReference job, Optional<String> cursor) {
    return jobs.events(job, cursor);
  }

  @Override
  public List<Checkpoint> checkpoints(JobReference job) {
    throw TrlErrors.unsupported("checkpoints", SUGGESTION);
  }

  @Override
  public JobPage list(Optional<String> cursor) {
    return jobs.list(cursor);
  }
}
