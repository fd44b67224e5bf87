package dev.finetune4j.workflow;

import dev.finetune4j.error.FineTuningException;
import dev.finetune4j.error.Responsibility;
import dev.finetune4j.workflow.journal.RunId;
import org.jspecify.annotations.Nullable;

/** The run was cancelled on request: its job was told to end, and its leases were ended. */
public final class RunCancelledException extends FineTuningException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param run what was cancelled
   * @param cause what the cancellation made fail, or null
   */
  public RunCancelledException(RunId run, @Nullable Throwable cause) {
    super("Run " + run + " was cancelled. To start over, use another run id.", cause);
  }

  @Override
  public Responsibility responsibility() {
    return Responsibility.CALLER;
  }
}
