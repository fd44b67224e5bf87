package dev.finetune4j.local.internal.tokenizer;

/**
 * One message as the engine sees it. Immutable.
 *
 * @param role system, user or assistant
 * @param trained whether the message's tokens count in the loss
 */
public record ChatMessage(String role, String content, boolean trained) {
  /** A message to be read, not learnt. */
  public static ChatMessage of(String role, String content) {
    return new ChatMessage(role, content, false);
  }

  /** An assistant's message to be learnt. */
  public static ChatMessage answer(String content) {
    return new ChatMessage("assistant", content, true);
  }
}
