package dev.finetune4j.providerkit.job;

import dev.finetune4j.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads members of responses; null, another type, an empty value and -1 count as absent. Stateless.
 */
final class Members {

  private Members() {}

  static @Nullable String text(JsonObject json, String name) {
    return json.asMap().get(name) instanceof String text && !text.isBlank() ? text : null;
  }

  /** Returns a text or a number as text: some servers number their codes. */
  static @Nullable String word(JsonObject json, String name) {
    Object value = json.asMap().get(name);
    return value instanceof Number ? String.valueOf(value) : text(json, name);
  }

  static @Nullable Long count(JsonObject json, String name) {
    return json.asMap().get(name) instanceof Number number && number.longValue() >= 0
        ? number.longValue()
        : null;
  }

  /** Returns a moment given in Unix seconds; 0 stands for "none" too. */
  static @Nullable Instant moment(JsonObject json, String name) {
    Long seconds = count(json, name);
    return seconds == null || seconds == 0 ? null : Instant.ofEpochSecond(seconds);
  }

  static JsonObject object(JsonObject json, String name) {
    return json.asMap().get(name) instanceof Map<?, ?> map
        ? JsonObject.of(map)
        : JsonObject.empty();
  }

  static List<String> texts(JsonObject json, String name) {
    List<String> texts = new ArrayList<>();
    if (json.asMap().get(name) instanceof List<?> items) {
      for (Object item : items) {
        if (item instanceof String text) {
          texts.add(text);
        }
      }
    }
    return texts;
  }

  static Optional<String> lastId(List<JsonObject> items) {
    return items.isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(text(items.get(items.size() - 1), "id"));
  }
}
