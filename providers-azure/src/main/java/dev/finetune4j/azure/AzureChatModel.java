package dev.finetune4j.azure;

import dev.finetune4j.providerkit.HttpTransport;
import dev.finetune4j.providerkit.chat.ChatCompletionsModel;
import dev.finetune4j.providerkit.chat.FilteredModel;
import dev.finetune4j.providerkit.chat.ReasoningModels;
import java.util.Set;

/**
 * Builds chat models that call a deployment with the parameters its underlying model accepts.
 * Stateless.
 */
final class AzureChatModel {
  private static final Set<String> FILTER_CODES = Set.of("content_filter", "contentFilter");

  private AzureChatModel() {}

  /**
   * Creates the model.
   *
   * @param served the name of the model behind the deployment, which determines the parameters it
   *     accepts
   */
  static FilteredModel of(HttpTransport transport, String deployment, String served) {
    return new FilteredModel(
        shaped(ChatCompletionsModel.of(transport, deployment), served), FILTER_CODES);
  }

  /** Returns a chat model that sends the parameters that the underlying model accepts. */
  static ChatCompletionsModel shaped(ChatCompletionsModel model, String served) {
    ChatCompletionsModel named =
        AzureDeploymentOptions.standard().format(served).equals("OpenAI")
            ? model
            : model.withMaxTokensMember();
    return ReasoningModels.includes(served) ? named.withReasoning() : named;
  }
}
