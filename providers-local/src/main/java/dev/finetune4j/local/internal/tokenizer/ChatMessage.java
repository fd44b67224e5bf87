package dev.finetune4j.local.internal.tokenizer;

/**
 * One message of a conversation. Immutable.
 *
 * @param role system, user or assistant
 * @param trained whether the message's tokens count in the loss
 */
public record ChatMessage(String role, String content, boolean trained) {
  /** Returns a message that does not count in the loss. */
  public static ChatMessage of(String role, String content) {
    return new ChatMessage(role, content, false);
  }

  /** Returns an assistant message that counts in the loss. */
  public static ChatMessage answer(String content) {
    return new ChatMessage("assistant", content, true);
  }
}
