package dev.finetune4j.providerkit.chat;

import dev.finetune4j.chat.ContentPart;
import dev.finetune4j.chat.Message;
import dev.finetune4j.chat.Role;
import dev.finetune4j.chat.ToolCall;
import dev.finetune4j.inference.ChatResponse;
import dev.finetune4j.inference.FinishReason;
import dev.finetune4j.inference.TokenUsage;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.json.JsonSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads chat responses of the dialect; unknown members are ignored. Stateless. */
final class ChatAnswers {

  private ChatAnswers() {}

  static ChatResponse read(JsonObject answer) {
    List<JsonObject> choices = answer.objects("choices");
    if (choices.isEmpty()) {
      throw new JsonSyntaxException("The answer has no choices.");
    }
    JsonObject choice = choices.get(0);
    JsonObject message = choice.requireObject("message");
    List<ToolCall> calls = new ArrayList<>();
    for (JsonObject call : message.objects("tool_calls")) {
      JsonObject function = call.requireObject("function");
      calls.add(
          new ToolCall(
              call.findString("id").orElse(""),
              function.requireString("name"),
              function.findString("arguments").orElse("{}")));
    }
    Message said = message(message.findString("content"), message.findString("refusal"), calls);
    return ChatResponse.of(said)
        .withModel(answer.findString("model").orElse(""))
        .withFinishReason(finishReason(choice.findString("finish_reason")))
        .withUsage(usage(answer))
        .withTokenProbabilities(LogProbabilities.of(choice));
  }

  static Message message(Optional<String> text, Optional<String> refusal, List<ToolCall> calls) {
    List<ContentPart> parts = new ArrayList<>();
    text.ifPresent(found -> parts.add(new ContentPart.Text(found)));
    refusal.ifPresent(found -> parts.add(new ContentPart.Refusal(found)));
    return new Message(Role.ASSISTANT, parts, calls, Optional.empty(), Optional.empty(), true);
  }

  static FinishReason finishReason(Optional<String> word) {
    return switch (word.orElse("")) {
      case "stop" -> FinishReason.STOP;
      case "length" -> FinishReason.LENGTH;
      case "tool_calls", "function_call" -> FinishReason.TOOL_CALLS;
      case "content_filter" -> FinishReason.CONTENT_FILTER;
      default -> FinishReason.UNRECOGNIZED;
    };
  }

  static TokenUsage usage(JsonObject answer) {
    return answer
        .findObject("usage")
        .map(
            usage ->
                new TokenUsage(
                    usage.findLong("prompt_tokens").orElse(0),
                    usage.findLong("completion_tokens").orElse(0)))
        .orElse(TokenUsage.NONE);
  }
}
