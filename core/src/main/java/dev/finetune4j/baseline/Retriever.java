package dev.finetune4j.baseline;

import dev.finetune4j.inference.EmbeddingModel;
import java.util.List;

/**
 * Finds the passages of a corpus that are relevant to a question. Implementations are thread-safe.
 *
 * <p>The module {@code finetune4j-retrieval} has one that ranks by BM25. An application's own
 * search is a lambda.
 */
@FunctionalInterface
public interface Retriever {

  /** Returns at most {@code count} passages, the nearest first; fewer if no more fit. */
  List<Passage> nearest(String question, int count);

  /**
   * Returns what tells this retriever from others, for example the hash of its corpus and its
   * settings. A resumed run refuses a retriever with another version. By default empty.
   */
  default String version() {
    return "";
  }

  /**
   * Returns a retriever by the cosine of embeddings, which holds all vectors and compares with each
   * of them. Asks {@code model} at once for the vectors of all passages, and for one vector at each
   * question; blocks.
   *
   * @throws dev.finetune4j.error.ProviderException if the model did not answer
   */
  static Retriever byEmbedding(List<Passage> passages, EmbeddingModel model) {
    return new EmbeddingRetriever(passages, model);
  }
}
