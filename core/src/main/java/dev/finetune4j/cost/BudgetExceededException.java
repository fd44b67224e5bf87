package dev.finetune4j.cost;

import dev.finetune4j.error.FineTuningException;
import dev.finetune4j.error.Responsibility;

/**
 * The ceiling of a run stands against the next step. What it says was not done was not paid for.
 */
public final class BudgetExceededException extends FineTuningException {
  private static final long serialVersionUID = 1L;

  /** Makes the exception; the message names both amounts and the cure. */
  public BudgetExceededException(String message) {
    super(message, null);
  }

  @Override
  public Responsibility responsibility() {
    return Responsibility.CALLER;
  }
}
