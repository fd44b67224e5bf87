package dev.finetune4j.deployment;

/** The state of a deployment. The snapshot also has the provider's own word for it. */
public enum DeploymentStatus {
  /** It is being created or changed. */
  CREATING,
  /** It answers requests. */
  READY,
  /** It exists, does not answer, and does not bill. */
  PAUSED,
  /** It will never answer; the snapshot has the reason. */
  FAILED,
  /** It is being deleted. */
  DELETING,
  /** It no longer exists. */
  DELETED,
  /** A status that this version of the library does not know; treated as not ready. */
  UNRECOGNIZED;

  /** Returns whether a wait for the deployment ends with this status. */
  public boolean isTerminal() {
    return this == READY || this == FAILED || this == DELETED;
  }
}
