package dev.finetune4j.simulator.openai;

import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.json.JsonSyntaxException;
import dev.finetune4j.simulator.StoredContent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One request of a batch's file. */
record BatchLine(String customId, JsonObject body) {

  /** What was read of a file: its requests, or what is wrong with it. */
  record Read(List<BatchLine> lines, List<Map<String, @Nullable Object>> errors) {}

  private static final int MAXIMUM_LINES = 50_000;

  static Read all(StoredContent content, String endpoint, Predicate<String> takes) {
    List<BatchLine> lines = new ArrayList<>();
    List<Map<String, @Nullable Object>> errors = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    List<String> texts =
        new String(content.bytes(), StandardCharsets.UTF_8)
            .lines()
            .filter(line -> !line.isBlank())
            .toList();
    for (int i = 0; i < texts.size(); i++) {
      try {
        JsonObject json = Json.parseObject(texts.get(i));
        String id = json.requireString("custom_id");
        if (!ids.add(id)) {
          errors.add(error("duplicate_custom_id", "The custom_id is not unique: " + id, i + 1));
        } else if (!endpoint.equals(json.requireString("url"))) {
          errors.add(error("mismatched_endpoint", "The url is not " + endpoint + ".", i + 1));
        } else {
          lines.add(new BatchLine(id, json.requireObject("body")));
        }
      } catch (JsonSyntaxException e) {
        errors.add(error("invalid_json_line", String.valueOf(e.getMessage()), i + 1));
      }
    }
    if (texts.isEmpty()) {
      errors.add(error("empty_file", "The input file is empty.", null));
    } else if (texts.size() > MAXIMUM_LINES) {
      errors.add(error("too_many_requests", "A batch has at most 50000 requests.", null));
    }
    checkModels(lines, takes, errors);
    return new Read(lines, errors);
  }

  private static void checkModels(
      List<BatchLine> lines, Predicate<String> takes, List<Map<String, @Nullable Object>> errors) {
    Set<String> models = new HashSet<>();
    lines.forEach(line -> models.add(line.body().findString("model").orElse("")));
    if (models.size() > 1) {
      errors.add(error("mismatched_model", "All requests of a batch name the same model.", null));
    }
    models.stream()
        .filter(takes.negate())
        .forEach(
            name ->
                errors.add(
                    error("model_not_found", "No model takes batches as '" + name + "'.", null)));
  }

  private static Map<String, @Nullable Object> error(
      String code, String message, @Nullable Integer line) {
    return JsonObject.empty()
        .put("code", code)
        .put("message", message)
        .put("param", null)
        .put("line", line)
        .asMap();
  }
}
