package dev.finetune4j.evaluation;

import dev.finetune4j.chat.ContentPart;
import dev.finetune4j.chat.Message;
import dev.finetune4j.chat.ToolCall;
import dev.finetune4j.inference.ChatRequest;
import dev.finetune4j.json.JsonObject;
import java.util.List;

/** All that a question says, as JSON that is the same for the same question. */
final class QuestionJson {
  private QuestionJson() {}

  static JsonObject of(ChatRequest request) {
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
    json.put("content", message.content().stream().map(QuestionJson::part).toList());
    json.put("calls", message.toolCalls().stream().map(QuestionJson::call).toList());
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
}
