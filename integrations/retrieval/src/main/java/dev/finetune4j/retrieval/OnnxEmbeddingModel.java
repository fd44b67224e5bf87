package dev.finetune4j.retrieval;

import ai.onnxruntime.OrtException;
import dev.finetune4j.inference.EmbeddingModel;
import dev.finetune4j.inference.Embeddings;
import dev.finetune4j.inference.TokenUsage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A sentence embedding model that runs on this machine's processor, without a network: a folder
 * with {@code model.onnx} (or {@code onnx/model.onnx}) and {@code tokenizer.json}, as many on the
 * Hugging Face Hub have. The vectors are of length 1.
 *
 * <pre>{@code
 * try (OnnxEmbeddingModel model = OnnxEmbeddingModel.read(Path.of("all-MiniLM-L6-v2"))) {
 *   Baseline nearest = Baselines.nearestFewShot(pool, 4, model);
 * }
 * }</pre>
 *
 * <p>The vector of a text is the mean of its tokens' vectors, or that of its first token where
 * {@code 1_Pooling/config.json} says so. Texts of more than 512 tokens are cut there; {@code
 * sentence_bert_config.json} may set another number.
 *
 * <p>Needs the libraries {@code com.microsoft.onnxruntime:onnxruntime} and {@code
 * ai.djl.huggingface:tokenizers}, which the application adds. Holds memory outside the heap until
 * it is closed. Thread-safe.
 */
public final class OnnxEmbeddingModel implements EmbeddingModel, AutoCloseable {
  private static final int TEXTS_AT_ONCE = 32;

  private final Path folder;
  private final TextTokenizer tokenizer;
  private final OnnxSession session;

  private OnnxEmbeddingModel(Path folder, TextTokenizer tokenizer, OnnxSession session) {
    this.folder = folder;
    this.tokenizer = tokenizer;
    this.session = session;
  }

  /**
   * Loads the model of a folder; takes from a tenth of a second to some seconds.
   *
   * @throws IllegalArgumentException if a file is missing or is not what its name says
   * @throws IllegalStateException if one of the two libraries is not on the class path
   */
  public static OnnxEmbeddingModel read(Path folder) {
    Path plain = folder.resolve("model.onnx");
    Path model = Files.exists(plain) ? plain : folder.resolve("onnx").resolve("model.onnx");
    Path tokens = folder.resolve("tokenizer.json");
    require(model, folder, "model.onnx; export one with optimum-cli export onnx");
    require(tokens, folder, "tokenizer.json; save it with transformers' fast tokenizer");
    try {
      SentenceSettings settings = SentenceSettings.read(folder);
      TextTokenizer tokenizer = TextTokenizer.read(tokens, settings.maximumTokens());
      return new OnnxEmbeddingModel(
          folder, tokenizer, OnnxSession.open(model, settings.firstToken()));
    } catch (NoClassDefFoundError e) {
      throw new IllegalStateException(
          "Embeddings on this machine need com.microsoft.onnxruntime:onnxruntime and"
              + " ai.djl.huggingface:tokenizers on the class path.",
          e);
    } catch (IOException e) {
      throw new IllegalArgumentException("A file of " + folder + " cannot be read: " + e, e);
    }
  }

  private static void require(Path file, Path folder, String what) {
    if (!Files.exists(file)) {
      throw new IllegalArgumentException(folder + " has no " + what + ".");
    }
  }

  /**
   * Returns the vectors, 32 texts at a time; the usage counts the tokens that the model saw.
   *
   * @throws IllegalStateException if the model does not run; the message says why
   */
  @Override
  public Embeddings embed(List<String> texts) {
    List<float[]> vectors = new ArrayList<>();
    long tokens = 0;
    for (int start = 0; start < texts.size(); start += TEXTS_AT_ONCE) {
      int end = Math.min(texts.size(), start + TEXTS_AT_ONCE);
      TextTokenizer.Batch batch = tokenizer.encode(texts.subList(start, end));
      tokens += batch.tokens();
      try {
        vectors.addAll(session.vectors(batch));
      } catch (OrtException e) {
        throw new IllegalStateException(
            "The model of " + folder + " does not run: " + e.getMessage(), e);
      }
    }
    return new Embeddings(vectors, new TokenUsage(tokens, 0));
  }

  @Override
  public void close() {
    tokenizer.close();
    try {
      session.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return "OnnxEmbeddingModel(" + folder + ")";
  }
}
