package dev.finetune4j.local.internal.server;

import dev.finetune4j.json.JsonObject;
import dev.finetune4j.local.internal.generation.GenerationRequest;
import dev.finetune4j.local.internal.tokenizer.ChatMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A chat completion that is asked for. What is not set: the likeliest token each time, and as many
 * tokens as the model's context has room for.
 *
 * @param model the name that was asked
 * @param request the request to the engine
 * @param streamed whether the answer goes out piece by piece
 * @param usage whether a streamed answer ends with the tokens used
 */
record Question(String model, GenerationRequest request, boolean streamed, boolean usage) {
  private static final Set<String> ROLES = Set.of("system", "user", "assistant");

  static Question of(JsonObject body, ServedModels models) {
    String model = body.requireString("model");
    @Nullable String key = models.requireKey(model);
    refuseUnsupported(body);
    GenerationRequest.Builder request =
        GenerationRequest.builder(messages(body)).adapter(key).maximumTokens(maximumTokens(body));
    body.findDouble("temperature").ifPresent(request::temperature);
    body.findDouble("top_p").ifPresent(request::topP);
    body.findLong("seed").ifPresent(request::seed);
    request.stop(stop(body));
    boolean usage =
        body.findObject("stream_options")
            .flatMap(o -> o.findBoolean("include_usage"))
            .orElse(false);
    return new Question(model, request.build(), body.findBoolean("stream").orElse(false), usage);
  }

  private static void refuseUnsupported(JsonObject body) {
    for (String member : List.of("tools", "functions", "logit_bias", "logprobs")) {
      Object value = body.asMap().get(member);
      if (value != null && !value.equals(false)) {
        throw Refusal.unsupported("\"" + member + "\"");
      }
    }
    if (body.findLong("n").orElse(1) != 1) {
      throw Refusal.unsupported("\"n\" other than 1");
    }
    body.findObject("response_format")
        .flatMap(format -> format.findString("type"))
        .filter(type -> !type.equals("text"))
        .ifPresent(
            type -> {
              throw Refusal.unsupported("answers forced into \"" + type + "\"");
            });
  }

  private static int maximumTokens(JsonObject body) {
    long limit =
        body.findLong("max_completion_tokens")
            .orElse(body.findLong("max_tokens").orElse(Integer.MAX_VALUE));
    return (int) Math.min(limit, Integer.MAX_VALUE);
  }

  private static List<String> stop(JsonObject body) {
    Object stop = body.asMap().get("stop");
    if (stop instanceof String one) {
      return List.of(one);
    }
    List<String> texts = new ArrayList<>();
    if (stop != null) {
      body.list("stop").forEach(text -> texts.add(String.valueOf(text)));
    }
    return texts;
  }

  private static List<ChatMessage> messages(JsonObject body) {
    List<ChatMessage> messages = new ArrayList<>();
    for (JsonObject message : body.objects("messages")) {
      String word = message.requireString("role");
      String role = word.equals("developer") ? "system" : word;
      if (!ROLES.contains(role)) {
        throw Refusal.unsupported("messages of the role \"" + word + "\"");
      }
      messages.add(ChatMessage.of(role, content(message)));
    }
    if (messages.isEmpty()) {
      throw Refusal.invalid("\"messages\" is missing or empty.");
    }
    return messages;
  }

  private static String content(JsonObject message) {
    Object content = message.asMap().get("content");
    if (content instanceof String text) {
      return text;
    }
    StringBuilder text = new StringBuilder();
    if (content instanceof List<?> parts) {
      for (Object part : parts) {
        if (!(part instanceof Map<?, ?> map) || !"text".equals(map.get("type"))) {
          throw Refusal.unsupported("parts of a message that are not text");
        }
        text.append(map.get("text"));
      }
    }
    return text.toString();
  }
}
