package dev.finetune4j.inference;

import java.util.function.Consumer;

/** A model that can hand over its answer piece by piece. Thread-safe. */
public interface StreamingChatModel extends ChatModel {

  /**
   * Asks once and hands each piece of text to {@code onText} as it comes, on the calling thread;
   * returns when the answer is whole.
   *
   * @throws dev.finetune4j.error.ProviderException if the answer did not come or broke off
   */
  ChatResponse chat(ChatRequest request, Consumer<String> onText);
}
