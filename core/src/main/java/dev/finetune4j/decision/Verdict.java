package dev.finetune4j.decision;

/** The result of a decision. */
public enum Verdict {
  /** The tuned model is significantly better and within the policy: use it. */
  FINE_TUNE("use the tuned model"),
  /** The gain is too small or the cost too high: keep the best baseline. */
  KEEP_BASELINE("keep the baseline"),
  /** The test data are not sufficient; the decision says how many examples would be. */
  NOT_ENOUGH_EVIDENCE("not enough evidence");

  private final String words;

  Verdict(String words) {
    this.words = words;
  }

  /** Returns the verdict in words, for a sentence. */
  public String words() {
    return words;
  }
}
