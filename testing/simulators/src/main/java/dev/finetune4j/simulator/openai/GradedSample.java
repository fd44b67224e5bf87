package dev.finetune4j.simulator.openai;

import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.json.JsonSyntaxException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The input of a grader: the row of data and the answer of the model. */
record GradedSample(JsonObject item, String output) {
  private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z_]+)\\.([^}]+)\\}\\}");

  /** Puts values where a template has {@code {{item.field}}} or {@code {{sample.output_text}}}. */
  String fill(String template) {
    Matcher place = PLACE.matcher(template);
    StringBuilder filled = new StringBuilder();
    while (place.find()) {
      place.appendReplacement(
          filled, Matcher.quoteReplacement(value(place.group(1), place.group(2))));
    }
    return place.appendTail(filled).toString();
  }

  private String value(String root, String path) {
    if (root.equals("item")) {
      return text(member(item.asMap(), path));
    } else if (path.equals("output_text")) {
      return output;
    } else if (path.startsWith("output_json")) {
      Object tree = parsed();
      return text(
          path.equals("output_json")
              ? tree
              : member(tree, path.substring("output_json.".length())));
    }
    return "";
  }

  private @Nullable Object parsed() {
    try {
      return Json.parse(output);
    } catch (JsonSyntaxException notJson) {
      return null;
    }
  }

  private static @Nullable Object member(@Nullable Object tree, String path) {
    Object found = tree;
    for (String name : path.split("\\.", -1)) {
      found = found instanceof Map<?, ?> map ? map.get(name) : null;
    }
    return found;
  }

  private static String text(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    return value instanceof String words ? words : Json.write(value);
  }
}
