package dev.finetune4j.providerkit.chat;

import dev.finetune4j.ProviderId;
import dev.finetune4j.chat.ToolCall;
import dev.finetune4j.error.ProviderFailure;
import dev.finetune4j.error.ProviderUnavailableException;
import dev.finetune4j.error.UnexpectedResponseException;
import dev.finetune4j.inference.ChatResponse;
import dev.finetune4j.inference.TokenUsage;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.json.JsonSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Assembles a streamed answer. Not thread-safe. */
final class ChatStream {
  private final ProviderId provider;
  private final Consumer<String> onText;
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder refusal = new StringBuilder();
  private final Map<Long, CallPieces> calls = new TreeMap<>();
  private String model = "";
  private @Nullable String finishReason;
  private TokenUsage usage = TokenUsage.NONE;

  ChatStream(ProviderId provider, Consumer<String> onText) {
    this.provider = provider;
    this.onText = onText;
  }

  private static final class CallPieces {
    private String id = "";
    private final StringBuilder name = new StringBuilder();
    private final StringBuilder arguments = new StringBuilder();
  }

  void accept(String data) {
    try {
      add(Json.parseObject(data));
    } catch (JsonSyntaxException e) {
      throw new UnexpectedResponseException(
          ProviderFailure.of(provider, "A piece of the streamed answer: " + e.getMessage()), e);
    }
  }

  private void add(JsonObject piece) {
    if (piece.asMap().get("error") instanceof Map<?, ?> error) {
      throw new ProviderUnavailableException(
          ProviderFailure.of(
              provider,
              "The answer broke off: "
                  + JsonObject.of(error).findString("message").orElse("no explanation")),
          null);
    }
    model = piece.findString("model").orElse(model);
    if (piece.findObject("usage").isPresent()) {
      usage = ChatAnswers.usage(piece);
    }
    for (JsonObject choice : piece.objects("choices")) {
      choice.findString("finish_reason").ifPresent(reason -> finishReason = reason);
      choice.findObject("delta").ifPresent(this::addDelta);
    }
  }

  private void addDelta(JsonObject delta) {
    delta.findString("refusal").ifPresent(refusal::append);
    for (JsonObject call : delta.objects("tool_calls")) {
      CallPieces pieces =
          calls.computeIfAbsent(call.findLong("index").orElse(0), index -> new CallPieces());
      call.findString("id").ifPresent(id -> pieces.id = id);
      JsonObject function = call.findObject("function").orElse(JsonObject.empty());
      function.findString("name").ifPresent(pieces.name::append);
      function.findString("arguments").ifPresent(pieces.arguments::append);
    }
    String more = delta.findString("content").orElse("");
    if (!more.isEmpty()) {
      text.append(more);
      onText.accept(more);
    }
  }

  boolean isWhole() {
    return finishReason != null;
  }

  ChatResponse toResponse() {
    List<ToolCall> made = new ArrayList<>();
    for (CallPieces pieces : calls.values()) {
      made.add(new ToolCall(pieces.id, pieces.name.toString(), pieces.arguments.toString()));
    }
    Optional<String> said =
        text.isEmpty() && (!made.isEmpty() || !refusal.isEmpty())
            ? Optional.empty()
            : Optional.of(text.toString());
    Optional<String> refused =
        refusal.isEmpty() ? Optional.empty() : Optional.of(refusal.toString());
    return ChatResponse.of(ChatAnswers.message(said, refused, made))
        .withModel(model)
        .withFinishReason(ChatAnswers.finishReason(Optional.ofNullable(finishReason)))
        .withUsage(usage);
  }
}
