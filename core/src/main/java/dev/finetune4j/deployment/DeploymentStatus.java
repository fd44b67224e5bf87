package dev.finetune4j.deployment;

/** What a deployment is doing. The provider's own word stands beside it in the snapshot. */
public enum DeploymentStatus {
  /** It is being made or changed. */
  CREATING,
  /** It answers. */
  READY,
  /** It exists, does not answer, and does not bill. */
  PAUSED,
  /** It will not answer; the snapshot says why. */
  FAILED,
  /** It is being taken away. */
  DELETING,
  /** It is gone. */
  DELETED,
  /** A word that this version of the library does not know; taken as not ready. */
  UNRECOGNIZED;

  /** Returns whether waiting any longer cannot make it ready. */
  public boolean isTerminal() {
    return this == READY || this == FAILED || this == DELETED;
  }
}
