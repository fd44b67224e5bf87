package dev.finetune4j.retrieval;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Converts texts to token ids as tokenizer.json defines. The only class that uses DJL. Thread-safe.
 */
final class TextTokenizer implements AutoCloseable {
  private final HuggingFaceTokenizer binding;

  private TextTokenizer(HuggingFaceTokenizer binding) {
    this.binding = binding;
  }

  /** Some texts as rows of numbers, padded to one length. Used by one thread. */
  static final class Batch {
    private final Encoding[] texts;

    private Batch(Encoding[] texts) {
      this.texts = texts;
    }

    /** Returns the token ids. */
    long[][] ids() {
      return Arrays.stream(texts).map(Encoding::getIds).toArray(long[][]::new);
    }

    /** Returns 1 for a token, 0 for padding. */
    long[][] mask() {
      return Arrays.stream(texts).map(Encoding::getAttentionMask).toArray(long[][]::new);
    }

    /** Returns the token type ids, which are always 0 for single sentences. */
    long[][] types() {
      return Arrays.stream(texts).map(Encoding::getTypeIds).toArray(long[][]::new);
    }

    /** Returns how many tokens there are, without padding. */
    long tokens() {
      return Arrays.stream(mask()).flatMapToLong(Arrays::stream).sum();
    }
  }

  static TextTokenizer read(Path file, int maximumTokens) throws IOException {
    // DJL reports its use to its makers unless this is set. An application that set it keeps its
    // value.
    // ai.djl.offline would do the same, but it would also stop DJL's downloads for the application.
    System.getProperties().putIfAbsent("OPT_OUT_TRACKING", "true");
    return new TextTokenizer(
        HuggingFaceTokenizer.newInstance(
            file,
            Map.of(
                "padding",
                "true",
                "truncation",
                "true",
                "modelMaxLength",
                String.valueOf(maximumTokens),
                "maxLength",
                String.valueOf(maximumTokens))));
  }

  Batch encode(List<String> texts) {
    return new Batch(binding.batchEncode(texts));
  }

  @Override
  public void close() {
    binding.close();
  }
}
