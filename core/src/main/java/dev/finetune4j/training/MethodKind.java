package dev.finetune4j.training;

/** The kinds of training, for tables and catalogs. */
public enum MethodKind {
  /** Learn the answers given (SFT). */
  SUPERVISED,
  /** Prefer one answer to another (DPO). */
  PREFERENCE,
  /** Raise the score that a grader gives (RFT, GRPO). */
  REINFORCEMENT
}
