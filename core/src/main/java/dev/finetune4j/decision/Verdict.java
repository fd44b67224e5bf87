package dev.finetune4j.decision;

/** What a decision comes to. */
public enum Verdict {
  /** The tuned model is better by more than noise and within the policy: use it. */
  FINE_TUNE,
  /** The gain is too small, or the price too high: stay with the best alternative. */
  KEEP_BASELINE,
  /** The test data cannot tell yet; the decision says how much more would. */
  NOT_ENOUGH_EVIDENCE
}
