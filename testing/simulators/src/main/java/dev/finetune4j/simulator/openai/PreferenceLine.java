package dev.finetune4j.simulator.openai;

import dev.finetune4j.json.JsonObject;
import java.util.List;

/** A line of preference training: a conversation, a better and a worse answer. */
final class PreferenceLine implements LineCheck {

  @Override
  public String problem(JsonObject example) {
    List<JsonObject> messages =
        example.findObject("input").orElse(JsonObject.empty()).objects("messages");
    List<JsonObject> better = example.objects("preferred_output");
    List<JsonObject> worse = example.objects("non_preferred_output");
    if (messages.isEmpty()) {
      return "the example has no input with messages";
    }
    for (List<JsonObject> part : List.of(messages, better, worse)) {
      String wrong = ChatMessageCheck.problem(part);
      if (!wrong.isEmpty()) {
        return wrong;
      }
    }
    if (!ChatMessageCheck.hasRole(better, "assistant")) {
      return "preferred_output has no assistant message";
    }
    if (!ChatMessageCheck.hasRole(worse, "assistant")) {
      return "non_preferred_output has no assistant message";
    }
    return "";
  }

  @Override
  public NearestAnswer.Pair pair(JsonObject example) {
    return new NearestAnswer.Pair(
        ChatMessageCheck.last(example.requireObject("input").objects("messages"), "user"),
        ChatMessageCheck.last(example.objects("preferred_output"), "assistant"));
  }
}
