package dev.finetune4j.local.internal.generation;

/**
 * An answer. Immutable.
 *
 * @param promptTokens tokens of the conversation as the template writes it
 * @param completionTokens generated tokens, without the end token
 */
public record GenerationResult(String text, int promptTokens, int completionTokens, Finish finish) {
  /** Why the answer ended. */
  public enum Finish {
    /** The model ended the answer, or a stop text was reached. */
    STOP,
    /** The answer reached the maximum number of tokens or the end of the context. */
    LENGTH
  }
}
