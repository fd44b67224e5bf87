package dev.finetune4j.grading;

import dev.finetune4j.internal.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a judge may say: a number, or one of some labels. Immutable and thread-safe.
 *
 * @param labels the labels; null where the verdict is a number
 * @param words what is allowed, for the schema and for messages
 */
record VerdictKind(@Nullable List<String> labels, String words) {

  static VerdictKind number(double minimum, double maximum) {
    return new VerdictKind(null, "from " + minimum + " to " + maximum);
  }

  static VerdictKind oneOf(List<String> labels) {
    return new VerdictKind(List.copyOf(labels), "one of " + labels);
  }

  /** Returns whether {@code verdict} is allowed; a number out of range is, and is cut to it. */
  boolean accepts(Object verdict) {
    return labels == null
        ? verdict instanceof Number number && Double.isFinite(number.doubleValue())
        : labels.contains(verdict);
  }

  /** Returns the JSON Schema of the verdict. */
  JsonObject schema() {
    return labels == null
        ? JsonObject.empty().put("type", "number").put("description", words)
        : JsonObject.empty().put("type", "string").put("enum", labels);
  }
}
