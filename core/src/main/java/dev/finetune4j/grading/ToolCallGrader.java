package dev.finetune4j.grading;

import dev.finetune4j.chat.ToolCall;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.json.JsonSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compares tool calls with the expected ones. Thread-safe. */
final class ToolCallGrader implements AnswerGrader {
  private final String reference;

  ToolCallGrader(String reference) {
    this.reference = reference;
  }

  @Override
  public Grade grade(PromptExample example, SampledAnswer answer) {
    List<String> wanted = new ArrayList<>();
    for (ToolCall call : expected(example)) {
      wanted.add(call.name() + "(" + JsonGrades.canonical(Json.parse(call.argumentsJson())) + ")");
    }
    List<String> given = new ArrayList<>();
    for (ToolCall call : answer.toolCalls()) {
      given.add(call.name() + "(" + arguments(call) + ")");
    }
    return JsonGrades.Overlap.of(wanted, given).grade("tool calls", 1);
  }

  private List<ToolCall> expected(PromptExample example) {
    String json = example.requireReference(reference);
    try {
      return read(json);
    } catch (JsonSyntaxException e) {
      throw new IllegalArgumentException(
          "The reference \"" + reference + "\" is not a list of tool calls: " + e.getMessage(), e);
    }
  }

  private static String arguments(ToolCall call) {
    try {
      return JsonGrades.canonical(Json.parse(call.argumentsJson()));
    } catch (JsonSyntaxException e) {
      return "not JSON: " + call.argumentsJson();
    }
  }

  /**
   * Reads calls: a list, or one object; each with its name and its arguments at the top or under
   * {@code function}; the arguments an object, or JSON in a text.
   *
   * @throws JsonSyntaxException if it is something else
   */
  static List<ToolCall> read(String json) {
    Object tree = Json.parse(json);
    List<?> items = tree instanceof List<?> list ? list : List.of(requireValue(tree));
    List<ToolCall> calls = new ArrayList<>();
    for (Object item : items) {
      if (!(item instanceof Map<?, ?> map)) {
        throw new JsonSyntaxException(
            "A tool call must be an object, not " + Json.kind(item) + ".");
      }
      JsonObject outer = JsonObject.of(map);
      JsonObject call = outer.findObject("function").orElse(outer);
      Object arguments = call.asMap().get("arguments");
      calls.add(
          new ToolCall(
              outer.findString("id").orElse(""),
              call.requireString("name"),
              arguments instanceof String text
                  ? text
                  : Json.write(arguments == null ? Map.of() : arguments)));
    }
    return calls;
  }

  private static Object requireValue(@Nullable Object tree) {
    if (tree == null) {
      throw new JsonSyntaxException("A tool call must be an object, not null.");
    }
    return tree;
  }
}
