package dev.finetune4j.huggingface.data;

import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.json.JsonSyntaxException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The names behind columns that hold the number of a class. Immutable and thread-safe. */
final class ClassLabels {
  private static final String KIND = "ClassLabel";

  private final Map<String, List<String>> names;

  private ClassLabels(Map<String, List<String>> names) {
    this.names = Map.copyOf(names);
  }

  /** Reads the {@code features} of an answer with rows. */
  static ClassLabels ofRows(JsonObject answer) {
    Map<String, List<String>> names = new LinkedHashMap<>();
    for (JsonObject feature : answer.objects("features")) {
      if (feature.asMap().get("type") instanceof Map<?, ?> type) {
        add(names, feature.requireString("name"), JsonObject.of(type));
      }
    }
    return new ClassLabels(names);
  }

  /** Reads what a Parquet file says of its columns; what is not understood names no class. */
  static ClassLabels ofParquet(String description) {
    Map<String, List<String>> names = new LinkedHashMap<>();
    try {
      JsonObject features =
          Json.parseObject(description).requireObject("info").requireObject("features");
      features
          .asMap()
          .forEach(
              (name, type) -> {
                if (type instanceof Map<?, ?> map) {
                  add(names, name, JsonObject.of(map));
                }
              });
    } catch (JsonSyntaxException unknownForm) {
      return new ClassLabels(Map.of());
    }
    return new ClassLabels(names);
  }

  static ClassLabels none() {
    return new ClassLabels(Map.of());
  }

  private static void add(Map<String, List<String>> names, String column, JsonObject type) {
    if (KIND.equals(type.asMap().get("_type"))) {
      names.put(column, type.list("names").stream().map(String::valueOf).toList());
    }
  }

  /** Returns the row with names in place of numbers; a number without a name stays. */
  Map<String, @Nullable Object> named(Map<String, @Nullable Object> row) {
    if (names.isEmpty()) {
      return row;
    }
    Map<String, @Nullable Object> named = new LinkedHashMap<>(row);
    names.forEach(
        (column, labels) -> {
          if (row.get(column) instanceof Number number
              && number.longValue() >= 0
              && number.longValue() < labels.size()) {
            named.put(column, labels.get(number.intValue()));
          }
        });
    return named;
  }
}
