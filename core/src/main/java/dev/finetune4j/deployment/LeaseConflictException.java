package dev.finetune4j.deployment;

import dev.finetune4j.error.FineTuningException;
import dev.finetune4j.error.Responsibility;

/** The lease is not the caller's: another holds the name, or the lease has ended. */
public final class LeaseConflictException extends FineTuningException {
  private static final long serialVersionUID = 1L;

  /** Makes the exception from the fact and the cure. */
  public LeaseConflictException(String message) {
    super(message, null);
  }

  @Override
  public Responsibility responsibility() {
    return Responsibility.CALLER;
  }
}
