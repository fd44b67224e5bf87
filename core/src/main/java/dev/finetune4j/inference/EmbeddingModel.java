package dev.finetune4j.inference;

import java.util.List;

/**
 * A model that turns texts into vectors: near texts have near ones. Implementations are
 * thread-safe.
 */
@FunctionalInterface
public interface EmbeddingModel {

  /**
   * Returns a vector for each text, in the order of the texts, all of one length. Costs what the
   * provider charges for the tokens; blocks.
   *
   * @throws dev.finetune4j.error.ProviderException if the model did not answer
   */
  Embeddings embed(List<String> texts);
}
