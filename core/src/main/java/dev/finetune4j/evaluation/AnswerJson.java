package dev.finetune4j.evaluation;

import dev.finetune4j.chat.ContentPart;
import dev.finetune4j.chat.Message;
import dev.finetune4j.chat.Role;
import dev.finetune4j.chat.ToolCall;
import dev.finetune4j.inference.ChatResponse;
import dev.finetune4j.inference.FinishReason;
import dev.finetune4j.inference.TokenUsage;
import dev.finetune4j.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An answer as JSON: both ways. What the service said of tokens' probabilities is left out. */
final class AnswerJson {
  private AnswerJson() {}

  static JsonObject write(ChatResponse response) {
    List<Object> parts = new ArrayList<>();
    for (ContentPart part : response.message().content()) {
      String kind = part instanceof ContentPart.Refusal ? "refusal" : "text";
      parts.add(JsonObject.empty().put("kind", kind).put("text", part.text()).asMap());
    }
    List<Object> calls = new ArrayList<>();
    for (ToolCall call : response.toolCalls()) {
      calls.add(
          JsonObject.empty()
              .put("id", call.id())
              .put("name", call.name())
              .put("arguments", call.argumentsJson())
              .asMap());
    }
    return JsonObject.empty()
        .put("content", parts)
        .put("calls", calls)
        .put("model", response.model())
        .put("finishReason", response.finishReason().name())
        .put("promptTokens", response.usage().promptTokens())
        .put("completionTokens", response.usage().completionTokens());
  }

  static ChatResponse read(JsonObject json) {
    List<ContentPart> parts = new ArrayList<>();
    for (JsonObject part : json.objects("content")) {
      String text = part.requireString("text");
      parts.add(
          part.requireString("kind").equals("refusal")
              ? new ContentPart.Refusal(text)
              : new ContentPart.Text(text));
    }
    List<ToolCall> calls = new ArrayList<>();
    for (JsonObject call : json.objects("calls")) {
      calls.add(
          new ToolCall(
              call.requireString("id"),
              call.requireString("name"),
              call.requireString("arguments")));
    }
    Message message =
        new Message(Role.ASSISTANT, parts, calls, Optional.empty(), Optional.empty(), true);
    return ChatResponse.of(message)
        .withModel(json.requireString("model"))
        .withFinishReason(FinishReason.valueOf(json.requireString("finishReason")))
        .withUsage(
            new TokenUsage(json.requireLong("promptTokens"), json.requireLong("completionTokens")));
  }
}
