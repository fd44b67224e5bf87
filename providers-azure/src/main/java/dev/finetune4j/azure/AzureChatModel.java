package dev.finetune4j.azure;

import dev.finetune4j.chat.Message;
import dev.finetune4j.error.InvalidRequestException;
import dev.finetune4j.inference.ChatRequest;
import dev.finetune4j.inference.ChatResponse;
import dev.finetune4j.inference.FinishReason;
import dev.finetune4j.inference.StreamingChatModel;
import dev.finetune4j.providerkit.HttpTransport;
import dev.finetune4j.providerkit.chat.ChatCompletionsModel;
import dev.finetune4j.providerkit.chat.ReasoningModels;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A deployment that is asked by its name. A question that Azure's content filter refuses has an
 * empty answer with the reason {@link FinishReason#CONTENT_FILTER}, so that an evaluation counts it
 * and goes on. Thread-safe.
 */
record AzureChatModel(ChatCompletionsModel model) implements StreamingChatModel {

  /**
   * Makes the model.
   *
   * @param served the name of the model behind the deployment, which decides what it can be told
   */
  static AzureChatModel of(HttpTransport transport, String deployment, String served) {
    ChatCompletionsModel model = ChatCompletionsModel.of(transport, deployment);
    if (!AzureDeploymentOptions.standard().format(served).equals("OpenAI")) {
      model = model.withMaxTokensMember();
    }
    return new AzureChatModel(ReasoningModels.includes(served) ? model.withReasoning() : model);
  }

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
      String code = refused.failure().code().orElse("");
      if (!code.equals("content_filter") && !code.equals("contentFilter")) {
        throw refused;
      }
      return ChatResponse.of(Message.assistant(""))
          .withModel(model.model())
          .withFinishReason(FinishReason.CONTENT_FILTER);
    }
  }

  @Override
  public String toString() {
    return "AzureChatModel(" + model.model() + ")";
  }
}
