package dev.finetune4j.simulator.openai;

import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An answer in the shape of chat completions, as one object or as a stream of chunks. */
final class ChatReply {
  private static final Pattern TOKEN = Pattern.compile("\\s*\\S{1,4}");

  private final JsonObject request;
  private final ChatAnswer answer;
  private final String id;
  private final String model;
  private final Instant now;
  private final List<String> tokens = new ArrayList<>();
  private final boolean cut;

  ChatReply(JsonObject request, ChatAnswer answer, String id, String model, Instant now) {
    this.request = request;
    this.answer = answer;
    this.id = id;
    this.model = model;
    this.now = now;
    long limit =
        request
            .findLong("max_completion_tokens")
            .orElse(request.findLong("max_tokens").orElse(Long.MAX_VALUE));
    List<String> all = tokens(answer.text());
    cut = all.size() > limit;
    tokens.addAll(cut ? all.subList(0, (int) limit) : all);
  }

  JsonObject whole() {
    JsonObject message = JsonObject.empty().put("role", "assistant");
    message.put("content", answer.kind() == ChatAnswer.Kind.TEXT ? text() : null);
    message.put("refusal", answer.kind() == ChatAnswer.Kind.REFUSAL ? text() : null);
    if (answer.kind() == ChatAnswer.Kind.TOOL_CALLS) {
      message.put("tool_calls", calls(false));
    }
    message.put("annotations", List.of());
    List<Object> choices = new ArrayList<>();
    for (long i = 0; i < request.findLong("n").orElse(1); i++) {
      choices.add(
          JsonObject.empty()
              .put("index", i)
              .put("message", message)
              .put("logprobs", logprobs())
              .put("finish_reason", finishReason())
              .asMap());
    }
    return head("chat.completion").put("choices", choices).put("usage", usage());
  }

  /** Returns the data lines of the stream, the last of which says that it is done. */
  List<String> chunks() {
    List<String> lines = new ArrayList<>();
    lines.add(chunk(Map.of("role", "assistant", "content", ""), null));
    String member = answer.kind() == ChatAnswer.Kind.REFUSAL ? "refusal" : "content";
    tokens.forEach(token -> lines.add(chunk(Map.of(member, token), null)));
    if (answer.kind() == ChatAnswer.Kind.TOOL_CALLS) {
      for (Object call : calls(true)) {
        lines.add(chunk(Map.of("tool_calls", List.of(call)), null));
      }
    }
    lines.add(chunk(Map.of(), finishReason()));
    JsonObject options = request.findObject("stream_options").orElse(JsonObject.empty());
    if (options.findBoolean("include_usage").orElse(false)) {
      lines.add(
          head("chat.completion.chunk").put("choices", List.of()).put("usage", usage()).toString());
    }
    lines.add("[DONE]");
    return lines;
  }

  private String chunk(Map<String, ?> delta, @Nullable String finishReason) {
    Map<String, @Nullable Object> choice = new LinkedHashMap<>();
    choice.put("index", 0);
    choice.put("delta", delta);
    choice.put("logprobs", null);
    choice.put("finish_reason", finishReason);
    return head("chat.completion.chunk").put("choices", List.of(choice)).toString();
  }

  private JsonObject head(String object) {
    return JsonObject.empty()
        .put("id", id)
        .put("object", object)
        .put("created", now.getEpochSecond())
        .put("model", model)
        .put("service_tier", "default")
        .put("system_fingerprint", "fp_simulated");
  }

  private List<Object> calls(boolean streamed) {
    List<Object> calls = new ArrayList<>();
    for (ChatAnswer.Call call : answer.calls()) {
      JsonObject json = JsonObject.empty();
      if (streamed) {
        json.put("index", calls.size());
      }
      json.put("id", "call_" + id.substring(id.length() - 20) + calls.size());
      json.put("type", "function");
      json.put("function", Map.of("name", call.tool(), "arguments", call.arguments()));
      calls.add(json.asMap());
    }
    return calls;
  }

  private String finishReason() {
    if (answer.kind() == ChatAnswer.Kind.TOOL_CALLS) {
      return "tool_calls";
    }
    return cut ? "length" : "stop";
  }

  private String text() {
    return String.join("", tokens);
  }

  private @Nullable Object logprobs() {
    if (!request.findBoolean("logprobs").orElse(false)) {
      return null;
    }
    List<Object> content = new ArrayList<>();
    long alternatives = request.findLong("top_logprobs").orElse(0);
    for (String token : tokens) {
      Map<String, Object> entry = logprob(token);
      entry.put("top_logprobs", alternatives > 0 ? List.of(logprob(token)) : List.of());
      content.add(entry);
    }
    Map<String, @Nullable Object> logprobs = new LinkedHashMap<>();
    logprobs.put("content", content);
    logprobs.put("refusal", null);
    return logprobs;
  }

  private static Map<String, Object> logprob(String token) {
    List<Integer> bytes = new ArrayList<>();
    for (byte value : token.getBytes(StandardCharsets.UTF_8)) {
      bytes.add(value & 0xff);
    }
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("token", token);
    entry.put("logprob", -0.01 * (1 + Math.floorMod(token.hashCode(), 100)));
    entry.put("bytes", bytes);
    return entry;
  }

  private Map<String, @Nullable Object> usage() {
    long prompt = tokens(Json.write(request.list("messages"))).size();
    long completion = Math.max(1, tokens.size());
    return JsonObject.empty()
        .put("prompt_tokens", prompt)
        .put("completion_tokens", completion)
        .put("total_tokens", prompt + completion)
        .put("prompt_tokens_details", Map.of("cached_tokens", 0, "audio_tokens", 0))
        .put(
            "completion_tokens_details",
            Map.of(
                "reasoning_tokens", 0,
                "audio_tokens", 0,
                "accepted_prediction_tokens", 0,
                "rejected_prediction_tokens", 0))
        .asMap();
  }

  /** Splits a text into pieces of at most four letters, which is about what a tokenizer does. */
  static List<String> tokens(String text) {
    List<String> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(text);
    int end = 0;
    while (matcher.find()) {
      tokens.add(matcher.group());
      end = matcher.end();
    }
    if (end < text.length()) {
      tokens.add(text.substring(end));
    }
    return tokens;
  }
}
