package dev.finetune4j.providerkit.batch;

/** The status of a batch. */
public enum BatchStatus {
  /** The service looks at the questions. */
  VALIDATING,
  /** Questions are being answered, or the answers collected. */
  IN_PROGRESS,
  /** All questions were answered or refused. */
  COMPLETED,
  /** The service refused the whole batch. */
  FAILED,
  /** The day was over before all were answered; what was answered is kept. */
  EXPIRED,
  /** Cancelled; the answers so far are kept. */
  CANCELLED,
  /** A word that this version of the library does not know; taken as not ended. */
  UNRECOGNIZED;

  /** Returns whether the batch has ended. */
  public boolean isTerminal() {
    return this == COMPLETED || this == FAILED || this == EXPIRED || this == CANCELLED;
  }

  static BatchStatus of(String word) {
    return switch (word) {
      case "validating" -> VALIDATING;
      case "in_progress", "finalizing", "cancelling" -> IN_PROGRESS;
      case "completed" -> COMPLETED;
      case "failed" -> FAILED;
      case "expired" -> EXPIRED;
      case "cancelled" -> CANCELLED;
      default -> UNRECOGNIZED;
    };
  }
}
