package dev.finetune4j.exchange.promptfoo;

import dev.finetune4j.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the names of providers in all their forms. Stateless. */
final class ProviderNames {
  private ProviderNames() {}

  static List<String> read(JsonObject root) {
    Object written = root.asMap().get("providers");
    written = written == null ? root.asMap().get("targets") : written;
    List<String> names = new ArrayList<>();
    if (written instanceof List<?> list) {
      list.forEach(item -> names.add(name(item)));
    } else if (written != null) {
      names.add(name(written));
    }
    return names;
  }

  private static String name(@Nullable Object item) {
    if (item instanceof Map<?, ?> map && !map.isEmpty()) {
      Object id = map.get("id");
      return String.valueOf(id == null ? map.keySet().iterator().next() : id);
    }
    return String.valueOf(item);
  }
}
