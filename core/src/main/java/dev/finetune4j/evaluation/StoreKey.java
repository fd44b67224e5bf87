package dev.finetune4j.evaluation;

import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import java.time.Instant;
import java.util.Locale;

/** What samples are kept under: the same data, alternative, request settings and graders. */
final class StoreKey {
  private static final int LONGEST_NAME = 40;
  private static final int HASH_CHARACTERS = 16;

  private final JsonObject parts;
  private final String fileName;

  private StoreKey(JsonObject parts, String fileName) {
    this.parts = parts;
    this.fileName = fileName;
  }

  static StoreKey of(EvaluationSettings settings, String name) {
    JsonObject request = JsonObject.empty();
    settings.maximumTokens.ifPresent(tokens -> request.put("maximumTokens", (long) tokens));
    settings.temperature.ifPresent(value -> request.put("temperature", value));
    JsonObject parts =
        JsonObject.empty()
            .put("name", name)
            .put("fingerprint", settings.dataset.fingerprint().value())
            .put("request", request)
            .put("graders", settings.graders.keySet().stream().toList());
    String word = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    return new StoreKey(
        parts,
        word.substring(0, Math.min(LONGEST_NAME, word.length()))
            + "-"
            + ContentKey.of(Json.writeCanonical(parts.asMap())).substring(0, HASH_CHARACTERS));
  }

  /** Returns the name of the file, without its kind. */
  String fileName() {
    return fileName;
  }

  /** Returns the first line of the file. */
  JsonObject header(Instant now) {
    return JsonObject.of(parts.asMap()).put("version", 1L).put("startedAt", now.toString());
  }
}
