package dev.finetune4j.simulator.openai;

import dev.finetune4j.simulator.ErrorResponseException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The limits of metadata: 16 pairs, keys of 64 and values of 512 characters. */
final class MetadataCheck {
  private static final int MAXIMUM_PAIRS = 16;
  private static final int MAXIMUM_KEY = 64;
  private static final int MAXIMUM_VALUE = 512;

  private MetadataCheck() {}

  static void check(Map<String, @Nullable Object> metadata) throws ErrorResponseException {
    if (metadata.size() > MAXIMUM_PAIRS) {
      throw OpenAiErrors.invalid("metadata", null, "Metadata may have at most 16 pairs.");
    }
    for (Map.Entry<String, @Nullable Object> pair : metadata.entrySet()) {
      if (pair.getKey().length() > MAXIMUM_KEY) {
        throw OpenAiErrors.invalid(
            "metadata", null, "A key of metadata may have at most 64 characters.");
      }
      if (!(pair.getValue() instanceof String value) || value.length() > MAXIMUM_VALUE) {
        throw OpenAiErrors.invalid(
            "metadata", null, "A value of metadata is a string of at most 512 characters.");
      }
    }
  }
}
