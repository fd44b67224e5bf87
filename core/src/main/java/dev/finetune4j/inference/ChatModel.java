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
   * @throws dev.finetune4j.error.ProviderException if the model did not answer; an interrupt ends
   *     the wait with a {@link dev.finetune4j.error.ProviderUnavailableException} and leaves the
   *     thread's interrupt flag set
   */
  ChatResponse chat(ChatRequest request);
}
