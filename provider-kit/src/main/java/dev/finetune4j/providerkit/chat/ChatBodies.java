package dev.finetune4j.providerkit.chat;

import dev.finetune4j.chat.ContentPart;
import dev.finetune4j.chat.Message;
import dev.finetune4j.chat.ToolCall;
import dev.finetune4j.chat.ToolDefinition;
import dev.finetune4j.inference.ChatRequest;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes chat requests of the dialect. Stateless. */
final class ChatBodies {

  private ChatBodies() {}

  static JsonObject of(String model, ChatRequest request, String maximumTokensMember) {
    List<Object> messages = new ArrayList<>();
    request.messages().forEach(message -> messages.add(message(message)));
    JsonObject body = JsonObject.empty().put("model", model).put("messages", messages);
    if (!request.tools().isEmpty()) {
      body.put("tools", request.tools().stream().map(ChatBodies::tool).toList());
    }
    request.temperature().ifPresent(value -> body.put("temperature", value));
    request.topP().ifPresent(value -> body.put("top_p", value));
    request.maximumTokens().ifPresent(value -> body.put(maximumTokensMember, value));
    request.seed().ifPresent(value -> body.put("seed", value));
    if (!request.stop().isEmpty()) {
      body.put("stop", request.stop());
    }
    request.answerSchemaJson().ifPresent(schema -> body.put("response_format", format(schema)));
    request.providerOptions().forEach(body::put);
    return body;
  }

  private static JsonObject format(String schema) {
    return JsonObject.empty()
        .put("type", "json_schema")
        .put(
            "json_schema",
            JsonObject.empty()
                .put("name", "answer")
                .put("schema", Json.parse(schema))
                .put("strict", true));
  }

  private static Map<String, @Nullable Object> tool(ToolDefinition tool) {
    JsonObject function = JsonObject.empty().put("name", tool.name());
    if (!tool.description().isEmpty()) {
      function.put("description", tool.description());
    }
    function.put("parameters", Json.parse(tool.parametersJson()));
    if (tool.strict()) {
      function.put("strict", true);
    }
    return JsonObject.empty().put("type", "function").put("function", function).asMap();
  }

  private static Map<String, @Nullable Object> message(Message message) {
    JsonObject wire = JsonObject.empty().put("role", message.role().word());
    wire.put("content", content(message.content()));
    wire.putIfPresent("name", message.name());
    wire.putIfPresent("tool_call_id", message.toolCallId());
    if (!message.toolCalls().isEmpty()) {
      wire.put("tool_calls", message.toolCalls().stream().map(ChatBodies::call).toList());
    }
    return wire.asMap();
  }

  private static Map<String, @Nullable Object> call(ToolCall call) {
    return JsonObject.empty()
        .put("id", call.id())
        .put("type", "function")
        .put(
            "function",
            JsonObject.empty().put("name", call.name()).put("arguments", call.argumentsJson()))
        .asMap();
  }

  private static @Nullable Object content(List<ContentPart> parts) {
    if (parts.isEmpty()) {
      return null;
    }
    // Servers for open models often know only the plain form, so it is used wherever it says all.
    if (parts.stream().allMatch(ContentPart.Text.class::isInstance)) {
      StringBuilder text = new StringBuilder();
      parts.forEach(part -> text.append(part.text()));
      return text.toString();
    }
    return parts.stream().map(ChatBodies::part).toList();
  }

  private static Map<String, @Nullable Object> part(ContentPart part) {
    JsonObject wire = JsonObject.empty();
    if (part instanceof ContentPart.Image image) {
      JsonObject location = JsonObject.empty().put("url", image.location().toString());
      location.putIfPresent("detail", image.detail());
      wire.put("type", "image_url").put("image_url", location);
    } else if (part instanceof ContentPart.Refusal refusal) {
      wire.put("type", "refusal").put("refusal", refusal.text());
    } else {
      wire.put("type", "text").put("text", part.text());
    }
    return wire.asMap();
  }
}
