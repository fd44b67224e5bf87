package dev.finetune4j.job;

/**
 * What a job is doing, in words that all providers' words map to. The provider's own word stands
 * beside it in the snapshot.
 */
public enum JobStatus {
  /** The provider looks at the data. */
  VALIDATING,
  /** It waits for a machine. */
  QUEUED,
  /** It trains. */
  RUNNING,
  /** It was stopped at a checkpoint and can go on. */
  PAUSED,
  /** It ended with a model. */
  SUCCEEDED,
  /** It ended without one; the snapshot says why. */
  FAILED,
  /** Somebody ended it. */
  CANCELLED,
  /** A word that this version of the library does not know; taken as not ended. */
  UNRECOGNIZED;

  /** Returns whether the job has ended for good. */
  public boolean isTerminal() {
    return this == SUCCEEDED || this == FAILED || this == CANCELLED;
  }
}
