package dev.finetune4j.inference;

/**
 * A model that answers questions: a base model, a tuned model or a baseline made from another,
 * wherever it is served.
 *
 * <p>Implementations are thread-safe: an evaluation asks from several threads at once.
 */
@FunctionalInterface
public interface ChatModel {

  /**
   * Asks once and waits for the whole answer. Costs what the provider charges for the tokens.
   *
   * @throws dev.finetune4j.error.ProviderException if the model did not answer
   * @throws dev.finetune4j.error.OperationInterruptedException if the thread is interrupted
   */
  ChatResponse chat(ChatRequest request);

  /** Asks one user's message, as {@link #chat(ChatRequest)} does, and returns the answer's text. */
  default String chat(String question) {
    return chat(ChatRequest.of(question)).text();
  }
}
