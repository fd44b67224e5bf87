package dev.finetune4j.local.internal.server;

import dev.finetune4j.json.JsonObject;
import dev.finetune4j.local.internal.generation.GenerationResult;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes responses in OpenAI's chat format. Stateless. */
final class Answers {

  private Answers() {}

  static JsonObject whole(String id, String model, GenerationResult result) {
    JsonObject message = JsonObject.empty().put("role", "assistant").put("content", result.text());
    JsonObject choice =
        JsonObject.empty()
            .put("index", 0)
            .put("message", message)
            .put("finish_reason", reason(result));
    return JsonObject.empty()
        .put("id", id)
        .put("object", "chat.completion")
        .put("model", model)
        .put("choices", List.of(choice.asMap()))
        .put("usage", usage(result));
  }

  static JsonObject piece(String id, String model, String text) {
    return chunk(id, model, JsonObject.empty().put("content", text), null);
  }

  static JsonObject end(String id, String model, GenerationResult result) {
    return chunk(id, model, JsonObject.empty(), reason(result));
  }

  static JsonObject tokens(String id, String model, GenerationResult result) {
    return JsonObject.empty()
        .put("id", id)
        .put("object", "chat.completion.chunk")
        .put("model", model)
        .put("choices", List.of())
        .put("usage", usage(result));
  }

  static JsonObject models(List<String> names) {
    List<Map<String, @Nullable Object>> data =
        names.stream()
            .map(
                name ->
                    JsonObject.empty()
                        .put("id", name)
                        .put("object", "model")
                        .put("owned_by", "finetune4j")
                        .asMap())
            .toList();
    return JsonObject.empty().put("object", "list").put("data", data);
  }

  static JsonObject error(int status, String code, String message) {
    JsonObject error =
        JsonObject.empty()
            .put("message", message)
            .put("type", status < 500 ? "invalid_request_error" : "server_error")
            .put("param", null)
            .put("code", code);
    return JsonObject.empty().put("error", error);
  }

  private static JsonObject chunk(
      String id, String model, JsonObject delta, @Nullable String finishReason) {
    JsonObject choice =
        JsonObject.empty().put("index", 0).put("delta", delta).put("finish_reason", finishReason);
    return JsonObject.empty()
        .put("id", id)
        .put("object", "chat.completion.chunk")
        .put("model", model)
        .put("choices", List.of(choice.asMap()));
  }

  private static String reason(GenerationResult result) {
    return result.finish().name().toLowerCase(Locale.ROOT);
  }

  private static JsonObject usage(GenerationResult result) {
    return JsonObject.empty()
        .put("prompt_tokens", result.promptTokens())
        .put("completion_tokens", result.completionTokens())
        .put("total_tokens", result.promptTokens() + result.completionTokens());
  }
}
