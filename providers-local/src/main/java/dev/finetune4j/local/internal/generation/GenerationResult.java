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
    /** The model ended it, or a stop text came. */
    STOP,
    /** As many tokens as were asked for, or as the context holds. */
    LENGTH
  }
}
