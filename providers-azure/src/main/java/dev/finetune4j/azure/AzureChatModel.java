package dev.finetune4j.azure;

import dev.finetune4j.providerkit.HttpTransport;
import dev.finetune4j.providerkit.chat.ChatCompletionsModel;
import dev.finetune4j.providerkit.chat.FilteredModel;
import dev.finetune4j.providerkit.chat.ReasoningModels;
import java.util.Set;

/** How a deployment is asked: by its name, and in the way of the model behind it. Stateless. */
final class AzureChatModel {
  private static final Set<String> FILTER_CODES = Set.of("content_filter", "contentFilter");

  private AzureChatModel() {}

  /**
   * Makes the model.
   *
   * @param served the name of the model behind the deployment, which decides what it can be told
   */
  static FilteredModel of(HttpTransport transport, String deployment, String served) {
    return new FilteredModel(
        shaped(ChatCompletionsModel.of(transport, deployment), served), FILTER_CODES);
  }

  /** Returns the model asked in the way that the one behind the deployment wants. */
  static ChatCompletionsModel shaped(ChatCompletionsModel model, String served) {
    ChatCompletionsModel named =
        AzureDeploymentOptions.standard().format(served).equals("OpenAI")
            ? model
            : model.withMaxTokensMember();
    return ReasoningModels.includes(served) ? named.withReasoning() : named;
  }
}
