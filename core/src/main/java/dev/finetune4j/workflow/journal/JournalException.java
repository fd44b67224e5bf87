package dev.finetune4j.workflow.journal;

import dev.finetune4j.error.FineTuningException;
import dev.finetune4j.error.Responsibility;
import org.jspecify.annotations.Nullable;

/**
 * The journal of a run cannot be written or read, is open elsewhere, or does not fit the plan.
 * Nothing was done that it does not hold.
 */
public final class JournalException extends FineTuningException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message the place and the cure
   * @param cause what was caught, or null
   */
  public JournalException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  @Override
  public Responsibility responsibility() {
    return Responsibility.CALLER;
  }
}
