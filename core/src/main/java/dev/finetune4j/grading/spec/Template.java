package dev.finetune4j.grading.spec;

import dev.finetune4j.chat.ToolCall;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.dataset.ReferenceValue;
import dev.finetune4j.grading.SampledAnswer;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.json.JsonSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Fills the places in a grader's text: {@code {{item.name}}}, {@code {{item.name.member}}}, {@code
 * {{sample.output_text}}}, {@code {{sample.output_json.member}}}, {@code {{sample.output_tools}}}.
 * Stateless.
 */
final class Template {
  private static final Pattern PLACE = Pattern.compile("\\{\\{\\s*([^{}]*?)\\s*}}");
  private static final String ITEM = "item";
  private static final String OUTPUT_TEXT = "sample.output_text";
  private static final String OUTPUT_TOOLS = "sample.output_tools";
  private static final String OUTPUT_JSON = "sample.output_json";

  private Template() {}

  /**
   * Returns the text with all places filled.
   *
   * @throws IllegalArgumentException if a placeholder is unknown or has no value
   */
  static String fill(String template, PromptExample example, SampledAnswer answer) {
    Matcher places = PLACE.matcher(template);
    StringBuilder text = new StringBuilder();
    while (places.find()) {
      String value = value(places.group(1), example, answer);
      places.appendReplacement(text, Matcher.quoteReplacement(value));
    }
    return places.appendTail(text).toString();
  }

  private static String value(String path, PromptExample example, SampledAnswer answer) {
    if (path.equals(OUTPUT_TEXT)) {
      return answer.text();
    }
    if (path.equals(OUTPUT_TOOLS)) {
      return Json.write(tree(answer.toolCalls()));
    }
    if (path.equals(OUTPUT_JSON) || path.startsWith(OUTPUT_JSON + ".")) {
      return shown(inside(parsed(answer.text()), path.substring(OUTPUT_JSON.length()), path));
    }
    if (path.startsWith(ITEM + ".")) {
      String[] parts = path.substring(ITEM.length() + 1).split("\\.", 2);
      ReferenceValue reference = example.reference().get(parts[0]);
      if (reference == null) {
        // The message lists what there is.
        return example.requireReference(parts[0]);
      }
      return parts.length == 1 ? reference.text() : member(reference.text(), parts[1], path);
    }
    throw new IllegalArgumentException(
        "Unknown placeholder {{"
            + path
            + "}}; use item.NAME, sample.output_text, sample.output_json or"
            + " sample.output_tools.");
  }

  private static List<Object> tree(List<ToolCall> calls) {
    List<Object> tree = new ArrayList<>();
    for (ToolCall call : calls) {
      tree.add(
          JsonObject.empty()
              .put("id", call.id())
              .put("type", "function")
              .put("function", Map.of("name", call.name(), "arguments", call.argumentsJson()))
              .asMap());
    }
    return tree;
  }

  private static String member(String reference, String inner, String path) {
    try {
      return shown(inside(parsed(reference), "." + inner, path));
    } catch (NotJson e) {
      throw new IllegalArgumentException("The example's reference: " + e.getMessage(), e);
    }
  }

  private static @Nullable Object parsed(String json) {
    try {
      return Json.parse(json);
    } catch (JsonSyntaxException e) {
      throw new NotJson(e.getMessage());
    }
  }

  private static @Nullable Object inside(@Nullable Object tree, String path, String whole) {
    Object found = tree;
    for (String member : path.isEmpty() ? new String[0] : path.substring(1).split("\\.")) {
      if (!(found instanceof Map<?, ?> map) || !map.containsKey(member)) {
        throw new NotJson("it has no {{" + whole + "}}");
      }
      found = map.get(member);
    }
    return found;
  }

  private static String shown(@Nullable Object value) {
    return value instanceof String text ? text : Json.write(value);
  }

  /**
   * The answer is not the JSON that a placeholder needs: an error in the answer, not the grader.
   */
  static final class NotJson extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    NotJson(@Nullable String message) {
      super(message);
    }
  }
}
