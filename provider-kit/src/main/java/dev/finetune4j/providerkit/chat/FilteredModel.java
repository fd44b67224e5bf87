package dev.finetune4j.providerkit.chat;

import dev.finetune4j.chat.Message;
import dev.finetune4j.error.InvalidRequestException;
import dev.finetune4j.inference.ChatRequest;
import dev.finetune4j.inference.ChatResponse;
import dev.finetune4j.inference.FinishReason;
import dev.finetune4j.inference.StreamingChatModel;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A model behind a content filter that refuses questions with an error. Such a question has an
 * empty answer with the reason {@link FinishReason#CONTENT_FILTER}, so that an evaluation counts it
 * and continues. Immutable and thread-safe.
 *
 * @param model what is asked
 * @param codes the error codes that the filter is known by
 */
public record FilteredModel(ChatCompletionsModel model, Set<String> codes)
    implements StreamingChatModel {

  @Override
  public ChatResponse chat(ChatRequest request) {
    return filtered(() -> model.chat(request));
  }

  @Override
  public ChatResponse chat(ChatRequest request, Consumer<String> onText) {
    return filtered(() -> model.chat(request, onText));
  }

  private ChatResponse filtered(Supplier<ChatResponse> question) {
    try {
      return question.get();
    } catch (InvalidRequestException refused) {
      if (refused.failure().code().filter(codes::contains).isEmpty()) {
        throw refused;
      }
      return ChatResponse.of(Message.assistant(""))
          .withModel(model.model())
          .withFinishReason(FinishReason.CONTENT_FILTER);
    }
  }

  @Override
  public String toString() {
    return "FilteredModel(" + model.model() + ")";
  }
}
