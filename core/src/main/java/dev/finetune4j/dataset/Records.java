package dev.finetune4j.dataset;

import dev.finetune4j.internal.json.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What all readers of records share. */
final class Records {
  private Records() {}

  /** Returns the tree as an object, or says that it is none. */
  @SuppressWarnings("unchecked") // The parsers make maps with text as keys only.
  static Map<String, @Nullable Object> requireObject(@Nullable Object tree) {
    if (tree instanceof Map<?, ?> map) {
      return (Map<String, @Nullable Object>) map;
    }
    throw new MalformedExampleException(
        "$", "A record is an object, and this one is " + Json.kind(tree) + ".");
  }
}
