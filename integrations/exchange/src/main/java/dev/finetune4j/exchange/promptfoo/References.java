package dev.finetune4j.exchange.promptfoo;

import dev.finetune4j.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Replaces {@code $ref: '#/...'} by what it names in the same configuration. Stateless. */
final class References {
  private static final int DEEPEST = 50;

  private References() {}

  static JsonObject resolved(JsonObject root) {
    Map<String, @Nullable Object> map = YamlText.mapOf(resolved(root.asMap(), root.asMap(), 0));
    return map == null ? root : JsonObject.of(map);
  }

  private static @Nullable Object resolved(@Nullable Object tree, Map<?, ?> root, int depth) {
    if (depth > DEEPEST) {
      return tree;
    } else if (tree instanceof List<?> list) {
      List<@Nullable Object> copy = new ArrayList<>();
      list.forEach(item -> copy.add(resolved(item, root, depth + 1)));
      return copy;
    } else if (tree instanceof Map<?, ?> map) {
      Object named = map.get("$ref") instanceof String path ? find(path, root) : null;
      if (named != null) {
        return resolved(named, root, depth + 1);
      }
      Map<String, @Nullable Object> copy = new LinkedHashMap<>();
      map.forEach((key, value) -> copy.put(String.valueOf(key), resolved(value, root, depth + 1)));
      return copy;
    }
    return tree;
  }

  private static @Nullable Object find(String path, Map<?, ?> root) {
    Object found = path.startsWith("#/") ? root : null;
    for (String step : path.replaceFirst("^#/", "").split("/", -1)) {
      String name = step.replace("~1", "/").replace("~0", "~");
      found = found instanceof Map<?, ?> map ? map.get(name) : null;
    }
    return found;
  }
}
