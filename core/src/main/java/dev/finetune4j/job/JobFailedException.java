package dev.finetune4j.job;

import dev.finetune4j.error.FineTuningException;
import dev.finetune4j.error.Responsibility;

/** The job has no model. Carries the snapshot, which has the reason. */
public final class JobFailedException extends FineTuningException {
  private static final long serialVersionUID = 1L;

  private final transient FineTuningJob job;

  /** Creates the exception from the last snapshot. */
  public JobFailedException(FineTuningJob job) {
    super(
        "Job "
            + job.reference()
            + " has no model: its status is "
            + job.status()
            + job.failureReason().map(reason -> ". " + reason).orElse("."),
        null);
    this.job = job;
  }

  /** Returns the last snapshot; null only after Java serialization. */
  public FineTuningJob job() {
    return job;
  }

  @Override
  public Responsibility responsibility() {
    return Responsibility.CALLER;
  }
}
