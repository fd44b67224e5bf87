package dev.finetune4j.decision;

/**
 * One reason for a decision, with the figure behind it.
 *
 * @param weight whether it speaks for or against the tuned model
 * @param sentence a complete sentence
 * @param figure the figure behind it, for example {@code comparison.difference = 0.57}
 */
public record Reason(Weight weight, String sentence, String figure) {

  /** Whether a reason speaks for or against the tuned model. */
  public enum Weight {
    /** For the tuned model. */
    FOR,
    /** Against the tuned model. */
    AGAINST,
    /** Worth knowing, but not an argument either way. */
    NEUTRAL
  }

  @Override
  public String toString() {
    return sentence;
  }
}
