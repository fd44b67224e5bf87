package dev.finetune4j.evaluation;

import dev.finetune4j.chat.ContentPart;
import dev.finetune4j.chat.Message;
import dev.finetune4j.chat.Role;
import dev.finetune4j.chat.ToolCall;
import dev.finetune4j.inference.ChatRequest;
import dev.finetune4j.inference.ChatResponse;
import dev.finetune4j.inference.FinishReason;
import dev.finetune4j.inference.TokenUsage;
import dev.finetune4j.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Requests and answers as JSON. Requests are only written, so that equal ones have equal text.
 * Token probabilities of answers are left out.
 */
final class ChatJson {
  private ChatJson() {}

  static JsonObject request(ChatRequest request) {
    JsonObject json = JsonObject.empty().put("messages", messages(request.messages()));
    json.put(
        "tools",
        request.tools().stream()
            .map(
                tool ->
                    List.<Object>of(
                        tool.name(), tool.description(), tool.parametersJson(), tool.strict()))
            .toList());
    json.put("stop", request.stop());
    json.putIfPresent("temperature", request.temperature());
    json.putIfPresent("topP", request.topP());
    request.maximumTokens().ifPresent(tokens -> json.put("maximumTokens", (long) tokens));
    json.putIfPresent("seed", request.seed());
    json.putIfPresent("schema", request.answerSchemaJson());
    return json.put("options", request.providerOptions());
  }

  static List<Object> messages(List<Message> messages) {
    return messages.stream().<Object>map(message -> message(message).asMap()).toList();
  }

  private static JsonObject message(Message message) {
    JsonObject json = JsonObject.empty().put("role", message.role().word());
    json.put("content", message.content().stream().map(ChatJson::part).toList());
    json.put("calls", message.toolCalls().stream().map(ChatJson::call).toList());
    json.putIfPresent("name", message.name());
    return json.putIfPresent("toolCallId", message.toolCallId());
  }

  private static List<Object> part(ContentPart part) {
    if (part instanceof ContentPart.Image image) {
      return List.of("image", image.location().toString(), image.detail().orElse(""));
    }
    return List.of(part instanceof ContentPart.Refusal ? "refusal" : "text", part.text());
  }

  private static List<Object> call(ToolCall call) {
    return List.of(call.id(), call.name(), call.argumentsJson());
  }

  static JsonObject response(ChatResponse response) {
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

  static ChatResponse readResponse(JsonObject json) {
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
