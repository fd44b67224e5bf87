package dev.finetune4j.inference;

/**
 * A model that can be asked. What serves it, and whether it is a base, a tuned model or an
 * alternative made from another, does not show.
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
