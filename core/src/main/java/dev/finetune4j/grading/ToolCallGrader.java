package dev.finetune4j.grading;

import dev.finetune4j.chat.ToolCall;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.internal.json.Json;
import dev.finetune4j.internal.json.JsonSyntaxException;
import java.util.ArrayList;
import java.util.List;

/** Compares the tools that the model wants run with those that were expected. Thread-safe. */
final class ToolCallGrader implements AnswerGrader {
  private final String reference;

  ToolCallGrader(String reference) {
    this.reference = reference;
  }

  @Override
  public Grade grade(PromptExample example, SampledAnswer answer) {
    List<String> wanted = new ArrayList<>();
    for (ToolCall call : expected(example)) {
      wanted.add(call.name() + "(" + CanonicalJson.of(Json.parse(call.argumentsJson())) + ")");
    }
    List<String> given = new ArrayList<>();
    for (ToolCall call : answer.toolCalls()) {
      given.add(call.name() + "(" + arguments(call) + ")");
    }
    return Overlap.of(wanted, given).grade("tool calls", 1);
  }

  private List<ToolCall> expected(PromptExample example) {
    String json = example.requireReference(reference);
    try {
      return ToolCalls.read(json);
    } catch (JsonSyntaxException e) {
      throw new IllegalArgumentException(
          "The reference \"" + reference + "\" is no list of tool calls: " + e.getMessage(), e);
    }
  }

  private static String arguments(ToolCall call) {
    try {
      return CanonicalJson.of(Json.parse(call.argumentsJson()));
    } catch (JsonSyntaxException e) {
      return "no JSON: " + call.argumentsJson();
    }
  }
}
