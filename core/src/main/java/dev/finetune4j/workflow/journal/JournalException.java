package dev.finetune4j.workflow.journal;

import dev.finetune4j.error.FineTuningException;
import dev.finetune4j.error.Responsibility;
import org.jspecify.annotations.Nullable;

/**
 * The journal of a run cannot be read or written, another process runs the run, or the journal
 * belongs to another plan.
 */
public final class JournalException extends FineTuningException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what failed and where, and what to do
   * @param cause the cause, or null
   */
  public JournalException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  static JournalException claimedBy(RunId run, RunOwner owner) {
    return new JournalException(
        "Run "
            + run
            + " is already running in "
            + owner
            + ". Wait until it has ended, or use another run id.",
        null);
  }

  static JournalException claimLost(RunId run) {
    return new JournalException(
        "The claim on run "
            + run
            + " was closed or taken over by another process, so nothing was written. Start the run"
            + " again if no other process runs it.",
        null);
  }

  @Override
  public Responsibility responsibility() {
    return Responsibility.CALLER;
  }
}
