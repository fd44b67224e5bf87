package dev.finetune4j.grading.text;

import dev.finetune4j.inference.EmbeddingModel;
import java.util.List;

/** How near two texts lie in the eyes of an embedding model. */
final class Cosine implements TextScore {
  private final EmbeddingModel model;

  Cosine(EmbeddingModel model) {
    this.model = model;
  }

  @Override
  public double of(String answer, String reference) {
    if (answer.equals(reference)) {
      return 1;
    }
    // Services refuse empty texts.
    if (answer.isBlank() || reference.isBlank()) {
      return 0;
    }
    return Math.max(0, model.embed(List.of(answer, reference)).cosine(0, 1));
  }
}
