package dev.finetune4j.deployment;

import dev.finetune4j.error.FineTuningException;
import dev.finetune4j.error.Responsibility;

/** The lease belongs to another holder, has expired, or was removed. */
public final class LeaseConflictException extends FineTuningException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception from a message that says what to do. */
  public LeaseConflictException(String message) {
    super(message, null);
  }

  @Override
  public Responsibility responsibility() {
    return Responsibility.CALLER;
  }
}
