package dev.finetune4j.workflow;

import dev.finetune4j.error.FineTuningException;
import dev.finetune4j.error.Responsibility;
import dev.finetune4j.workflow.journal.RunId;
import org.jspecify.annotations.Nullable;

/**
 * The run was cancelled: its job was cancelled and its deployment deleted, or that was requested.
 */
public final class RunCancelledException extends FineTuningException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param run the cancelled run
   * @param cause the failure that the cancellation caused, or null
   */
  public RunCancelledException(RunId run, @Nullable Throwable cause) {
    super("Run " + run + " was cancelled. To start over, use another run id.", cause);
  }

  @Override
  public Responsibility responsibility() {
    return Responsibility.CALLER;
  }
}
