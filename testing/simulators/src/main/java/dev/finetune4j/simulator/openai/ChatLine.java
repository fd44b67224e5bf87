package dev.finetune4j.simulator.openai;

import dev.finetune4j.json.JsonObject;
import java.util.List;

/** A line of supervised training: a conversation with at least one answer to learn. */
final class ChatLine implements LineCheck {

  @Override
  public String problem(JsonObject example) {
    List<JsonObject> messages = example.objects("messages");
    if (messages.isEmpty()) {
      return "the example has no messages";
    }
    String wrong = ChatMessageCheck.problem(messages);
    if (!wrong.isEmpty()) {
      return wrong;
    }
    return ChatMessageCheck.hasRole(messages, "assistant")
        ? ""
        : "the example has no assistant message";
  }

  @Override
  public NearestAnswer.Pair pair(JsonObject example) {
    List<JsonObject> messages = example.objects("messages");
    return new NearestAnswer.Pair(
        ChatMessageCheck.last(messages, "user"), ChatMessageCheck.last(messages, "assistant"));
  }
}
