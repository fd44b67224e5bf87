package dev.finetune4j.job;

import dev.finetune4j.error.FineTuningException;
import dev.finetune4j.error.Responsibility;
import java.time.Duration;

/** The wait gave up. The job continues and may cost more; wait again with its reference. */
public final class JobTimeoutException extends FineTuningException {
  private static final long serialVersionUID = 1L;

  private final transient FineTuningJob lastSeen;

  /** Creates the exception from the last snapshot and the time waited. */
  public JobTimeoutException(FineTuningJob lastSeen, Duration waited) {
    super(
        "Job "
            + lastSeen.reference()
            + " was still "
            + lastSeen.status()
            + " after "
            + waited
            + "; it continues. Wait again with this reference, or cancel it.",
        null);
    this.lastSeen = lastSeen;
  }

  /** Returns the last snapshot; null only after Java serialization. */
  public FineTuningJob lastSeen() {
    return lastSeen;
  }

  @Override
  public Responsibility responsibility() {
    return Responsibility.WAIT;
  }
}
