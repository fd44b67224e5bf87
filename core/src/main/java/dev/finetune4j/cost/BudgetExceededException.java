package dev.finetune4j.cost;

import dev.finetune4j.error.FineTuningException;
import dev.finetune4j.error.Responsibility;

/**
 * Thrown when the next step would exceed the budget of a run. The step was not started and not paid
 * for.
 */
public final class BudgetExceededException extends FineTuningException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception; the message names both amounts and a suggestion. */
  public BudgetExceededException(String message) {
    super(message, null);
  }

  @Override
  public Responsibility responsibility() {
    return Responsibility.CALLER;
  }
}
