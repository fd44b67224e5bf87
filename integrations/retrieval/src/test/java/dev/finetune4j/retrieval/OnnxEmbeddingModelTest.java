package dev.finetune4j.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.finetune4j.baseline.Passage;
import dev.finetune4j.baseline.Retriever;
import dev.finetune4j.grading.text.TextScores;
import dev.finetune4j.inference.Embeddings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs a real sentence model, all-MiniLM-L6-v2 in eight bits, out of a jar on the class path. */
final class OnnxEmbeddingModelTest {
  @TempDir static Path folder;
  private static OnnxEmbeddingModel model;

  @BeforeAll
  static void load() throws IOException {
    copy("/all-minilm-l6-v2-q.onnx", "model.onnx");
    copy("/all-minilm-l6-v2-q-tokenizer.json", "tokenizer.json");
    model = OnnxEmbeddingModel.read(folder);
  }

  @AfterAll
  static void close() {
    model.close();
  }

  private static void copy(String resource, String name) throws IOException {
    try (InputStream in = OnnxEmbeddingModelTest.class.getResourceAsStream(resource)) {
      Files.copy(java.util.Objects.requireNonNull(in, resource), folder.resolve(name));
    }
  }

  @Test
  void sentencesOfLikeMeaningAreNear() {
    Embeddings found =
        model.embed(
            List.of(
                "That is a happy person",
                "That is a very happy person",
                "That is a happy dog",
                "Today is a sunny day"));

    // What the model in 32 bits gives, as its card on the Hub shows; eight bits move it a little.
    assertThat(found.cosine(0, 1)).isCloseTo(0.943, within(0.04));
    assertThat(found.cosine(0, 2)).isCloseTo(0.695, within(0.06));
    assertThat(found.cosine(0, 3)).isCloseTo(0.257, within(0.08));
    assertThat(found.usage().promptTokens()).isEqualTo(7 + 8 + 7 + 7);
  }

  @Test
  void vectorsAreOfLengthOneAndDoNotDependOnTheirNeighbours() {
    String longText = "flour and water ".repeat(40);

    Embeddings alone = model.embed(List.of("Rice cooks in water."));
    Embeddings together = model.embed(List.of("Rice cooks in water.", longText));

    assertThat(alone.vectors().get(0)).hasSize(384);
    assertThat(length(alone.vectors().get(0))).isCloseTo(1, within(1e-5));
    // The weights' scales are taken per batch in eight bits, so not to the last digit.
    assertThat(Embeddings.cosine(alone.vectors().get(0), together.vectors().get(0)))
        .isGreaterThan(0.99);
  }

  @Test
  void textsOfAnyLengthAndNumberAreTaken() {
    List<String> texts = new ArrayList<>(Collections.nCopies(70, "egg"));
    texts.add("word ".repeat(3_000));
    texts.add("");

    Embeddings found = model.embed(texts);

    assertThat(found.vectors()).hasSize(72);
    assertThat(model.embed(List.of()).vectors()).isEmpty();
    assertThat(found.usage().promptTokens()).isEqualTo(70 * 3 + 512 + 2);
  }

  @Test
  void itServesRetrievalAndTheMetricCosine() {
    Retriever retriever =
        Retriever.byEmbedding(
            List.of(
                new Passage("refunds", "You get your money back within 14 days."),
                new Passage("hours", "The shop opens at nine in the morning.")),
            model);

    assertThat(retriever.nearest("Can I return this and be reimbursed?", 1))
        .extracting(Passage::id)
        .containsExactly("refunds");
    assertThat(TextScores.cosine(model).of("The cat sleeps.", "A kitten is sleeping."))
        .isGreaterThan(TextScores.cosine(model).of("The cat sleeps.", "Interest rates rose."));
  }

  @Test
  void aFolderWithoutAModelIsRefusedWithTheCure(@TempDir Path empty) throws IOException {
    assertThatThrownBy(() -> OnnxEmbeddingModel.read(empty))
        .hasMessage(empty + " has no model.onnx; export one with optimum-cli export onnx.");

    Files.writeString(empty.resolve("model.onnx"), "no model");
    assertThatThrownBy(() -> OnnxEmbeddingModel.read(empty))
        .hasMessage(empty + " has no tokenizer.json; save it with transformers' fast tokenizer.");

    Files.copy(folder.resolve("tokenizer.json"), empty.resolve("tokenizer.json"));
    assertThatThrownBy(() -> OnnxEmbeddingModel.read(empty))
        .hasMessageStartingWith(
            empty.resolve("model.onnx") + " cannot be loaded by ONNX Runtime: ");
  }

  private static double length(float[] vector) {
    double squares = 0;
    for (float value : vector) {
      squares += (double) value * value;
    }
    return Math.sqrt(squares);
  }
}
