package dev.finetune4j.inference;

/** Why an answer ended. */
public enum FinishReason {
  /** The model ended it, or a stop text was met. */
  STOP,
  /** The limit on tokens cut it. */
  LENGTH,
  /** The model called tools. */
  TOOL_CALLS,
  /** The provider's filter withheld it, whole or in part. */
  CONTENT_FILTER,
  /** A reason that this version of the library does not know. */
  UNRECOGNIZED
}
