package dev.finetune4j.decision;

/**
 * One reason of a decision, in words, with the figure behind it.
 *
 * @param weight which way it pulls
 * @param sentence a whole sentence for a person
 * @param figure where the figure stands, for example {@code comparison.difference = 0.57}
 */
public record Reason(Weight weight, String sentence, String figure) {

  /** Which way a reason pulls. */
  public enum Weight {
    /** For the tuned model. */
    FOR,
    /** Against the tuned model. */
    AGAINST,
    /** Worth knowing, and no argument either way. */
    NEUTRAL
  }

  @Override
  public String toString() {
    return sentence;
  }
}
