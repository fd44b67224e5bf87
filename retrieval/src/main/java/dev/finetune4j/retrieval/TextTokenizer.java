package dev.finetune4j.retrieval;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Texts to token ids by a tokenizer.json. The only class that knows the binding. Thread-safe. */
final class TextTokenizer implements AutoCloseable {
  private final HuggingFaceTokenizer binding;

  private TextTokenizer(HuggingFaceTokenizer binding) {
    this.binding = binding;
  }

  /**
   * Some texts, padded to one length.
   *
   * @param ids the token ids, one row for each text
   * @param mask 1 for a token, 0 for padding
   * @param types which of two sentences a token is of: always 0 here
   */
  record Batch(long[][] ids, long[][] mask, long[][] types) {

    /** Returns how many tokens there are, without padding. */
    long tokens() {
      return Arrays.stream(mask).flatMapToLong(Arrays::stream).sum();
    }
  }

  static TextTokenizer read(Path file, int maximumTokens) throws IOException {
    // The binding reports its use to its makers, and asks the network, unless it is told not to.
    setIfAbsent("OPT_OUT_TRACKING");
    setIfAbsent("ai.djl.offline");
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
    Encoding[] encodings = binding.batchEncode(texts);
    return new Batch(
        Arrays.stream(encodings).map(Encoding::getIds).toArray(long[][]::new),
        Arrays.stream(encodings).map(Encoding::getAttentionMask).toArray(long[][]::new),
        Arrays.stream(encodings).map(Encoding::getTypeIds).toArray(long[][]::new));
  }

  private static void setIfAbsent(String property) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, "true");
    }
  }

  @Override
  public void close() {
    binding.close();
  }
}
