package dev.finetune4j.provider;

import dev.finetune4j.PollingSchedule;
import dev.finetune4j.job.Checkpoint;
import dev.finetune4j.job.EventPage;
import dev.finetune4j.job.FineTuningJob;
import dev.finetune4j.job.JobOperations;
import dev.finetune4j.job.JobPage;
import dev.finetune4j.job.JobReference;
import java.util.List;
import java.util.Optional;

/** The calls on an open provider's own jobs. As thread-safe as the operations behind it. */
record GuardedJobs(ProviderGuard guard, JobOperations operations) implements JobOperations {

  @Override
  public PollingSchedule polling() {
    return operations.polling();
  }

  @Override
  public FineTuningJob fetch(JobReference job) {
    return operations.fetch(guard.require(job));
  }

  @Override
  public FineTuningJob cancel(JobReference job) {
    return operations.cancel(guard.require(job));
  }

  @Override
  public FineTuningJob pause(JobReference job) {
    return operations.pause(guard.require(job));
  }

  @Override
  public FineTuningJob resume(JobReference job) {
    return operations.resume(guard.require(job));
  }

  @Override
  public EventPage events(JobReference job, Optional<String> cursor) {
    return operations.events(guard.require(job), cursor);
  }

  @Override
  public List<Checkpoint> checkpoints(JobReference job) {
    return operations.checkpoints(guard.require(job));
  }

  @Override
  public JobPage list(Optional<String> cursor) {
    guard.requireOpen();
    return operations.list(cursor);
  }
}
