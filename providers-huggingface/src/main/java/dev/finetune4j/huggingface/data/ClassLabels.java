package dev.finetune4j.huggingface.data;

import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.json.JsonSyntaxException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The class names of columns that contain class numbers. Immutable and thread-safe. */
final class ClassLabels {
  private static final String KIND = "ClassLabel";

  private final Map<String, List<String>> names;

  private ClassLabels(Map<String, List<String>> names) {
    this.names = Map.copyOf(names);
  }

  /** Reads the {@code features} of a response with rows. */
  static ClassLabels ofRows(JsonObject answer) {
    Map<String, List<String>> names = new LinkedHashMap<>();
    for (JsonObject feature : answer.objects("features")) {
      if (feature.asMap().get("type") instanceof Map<?, ?> type) {
        add(names, feature.requireString("name"), JsonObject.of(type));
      }
    }
    return new ClassLabels(names);
  }

  /** Reads the column description in a Parquet file; ignores what it does not understand. */
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

  /** Returns the row with class names instead of numbers; numbers without a name are kept. */
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
