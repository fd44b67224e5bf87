package dev.finetune4j.baseline;

import dev.finetune4j.inference.EmbeddingModel;
import dev.finetune4j.inference.Embeddings;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Ranks passages by the cosine of their vectors with that of the question. Thread-safe. */
final class EmbeddingRetriever implements Retriever {
  private final List<Passage> passages;
  private final EmbeddingModel model;
  private final List<float[]> vectors;

  EmbeddingRetriever(List<Passage> passages, EmbeddingModel model) {
    this.passages = List.copyOf(passages);
    this.model = model;
    this.vectors =
        passages.isEmpty()
            ? List.of()
            : model.embed(passages.stream().map(Passage::text).toList()).vectors();
  }

  @Override
  public String version() {
    return "embedding " + Passage.hash(passages);
  }

  @Override
  public List<Passage> nearest(String question, int count) {
    if (passages.isEmpty() || question.isBlank()) {
      return List.of();
    }
    float[] asked = model.embed(List.of(question)).vectors().get(0);
    double[] likeness =
        vectors.stream().mapToDouble(vector -> Embeddings.cosine(asked, vector)).toArray();
    return IntStream.range(0, likeness.length)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer place) -> likeness[place]).reversed())
        .limit(count)
        .map(passages::get)
        .toList();
  }
}
