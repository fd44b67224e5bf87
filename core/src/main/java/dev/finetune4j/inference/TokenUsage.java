package dev.finetune4j.inference;

/**
 * The tokens that one or more answers used.
 *
 * @param promptTokens tokens of the question
 * @param completionTokens tokens of the answer
 */
public record TokenUsage(long promptTokens, long completionTokens) {

  /** No tokens, or none reported. */
  public static final TokenUsage NONE = new TokenUsage(0, 0);

  /** Returns both added up. */
  public long total() {
    return promptTokens + completionTokens;
  }

  /** Returns the sum of this and {@code other}. */
  public TokenUsage plus(TokenUsage other) {
    return new TokenUsage(
        promptTokens + other.promptTokens, completionTokens + other.completionTokens);
  }
}
