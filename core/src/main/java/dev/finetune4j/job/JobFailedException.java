package dev.finetune4j.job;

import dev.finetune4j.error.FineTuningException;
import dev.finetune4j.error.Responsibility;

/** The job ended without a model. Carries the snapshot, which says why. */
public final class JobFailedException extends FineTuningException {
  private static final long serialVersionUID = 1L;

  private final transient FineTuningJob job;

  /** Makes the exception from the last snapshot. */
  public JobFailedException(FineTuningJob job) {
    super(
        "Job "
            + job.reference()
            + " has no model: it is "
            + job.status()
            + job.failureReason().map(reason -> ". " + reason).orElse("."),
        null);
    this.job = job;
  }

  /** Returns the last snapshot. Null only after Java serialisation. */
  public FineTuningJob job() {
    return job;
  }

  @Override
  public Responsibility responsibility() {
    return Responsibility.CALLER;
  }
}
