package dev.finetune4j.job;

/**
 * The state of a job, the same for all providers. The snapshot also has the provider's own word for
 * it.
 */
public enum JobStatus {
  /** The provider checks the data. */
  VALIDATING,
  /** It waits for a machine. */
  QUEUED,
  /** It is training. */
  RUNNING,
  /** It was stopped at a checkpoint and can be resumed. */
  PAUSED,
  /** It ended with a model. */
  SUCCEEDED,
  /** It ended without a model; the snapshot has the reason. */
  FAILED,
  /** It was cancelled. */
  CANCELLED,
  /** A status that this version of the library does not know; treated as not ended. */
  UNRECOGNIZED;

  /** Returns whether the job has ended for good. */
  public boolean isTerminal() {
    return this == SUCCEEDED || this == FAILED || this == CANCELLED;
  }
}
