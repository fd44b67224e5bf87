package dev.finetune4j.grading;

import dev.finetune4j.internal.json.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON in one spelling: equal values, equal text. */
final class CanonicalJson {
  private CanonicalJson() {}

  /** Returns the text of a tree: members sorted, 1.0 and 1e0 written as 1. */
  static String of(@Nullable Object tree) {
    return Json.writeCanonical(plain(tree));
  }

  /** Returns every leaf as path and value; an empty object or array is a leaf. */
  static List<String> fields(@Nullable Object tree) {
    List<String> fields = new ArrayList<>();
    collect("$", tree, fields);
    return fields;
  }

  private static void collect(String path, @Nullable Object tree, List<String> fields) {
    if (tree instanceof Map<?, ?> map && !map.isEmpty()) {
      map.forEach((key, value) -> collect(path + "." + Json.write(key), value, fields));
    } else if (tree instanceof List<?> list && !list.isEmpty()) {
      for (int i = 0; i < list.size(); i++) {
        collect(path + "[" + i + "]", list.get(i), fields);
      }
    } else {
      fields.add(path + " = " + of(tree));
    }
  }

  private static @Nullable Object plain(@Nullable Object tree) {
    if (tree instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> copy = new LinkedHashMap<>();
      map.forEach((key, value) -> copy.put(String.valueOf(key), plain(value)));
      return copy;
    } else if (tree instanceof List<?> list) {
      List<@Nullable Object> copy = new ArrayList<>();
      list.forEach(item -> copy.add(plain(item)));
      return copy;
    } else if (tree instanceof Number number) {
      BigDecimal exact = new BigDecimal(number.toString());
      return exact.signum() == 0 ? BigDecimal.ZERO : exact.stripTrailingZeros();
    }
    return tree;
  }
}
