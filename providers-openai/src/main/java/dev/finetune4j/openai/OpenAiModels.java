package dev.finetune4j.openai;

import dev.finetune4j.ModelReference;
import dev.finetune4j.Time;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.provider.Capability;
import dev.finetune4j.providerkit.HttpTransport;
import dev.finetune4j.providerkit.chat.ChatCompletionsModel;
import dev.finetune4j.providerkit.chat.ReasoningModels;
import dev.finetune4j.providerkit.chat.WarmUpRetryModel;
import java.util.Optional;

/** Chat models: base models answer at once, tuned ones as soon as they are loaded. Thread-safe. */
final class OpenAiModels {
  private static final String TUNED = "ft:";

  private final HttpTransport transport;
  private final OpenAiCapabilities capabilities;
  private final Time time;

  OpenAiModels(HttpTransport transport, OpenAiCapabilities capabilities, Time time) {
    this.transport = transport;
    this.capabilities = capabilities;
    this.time = time;
  }

  Optional<ChatModel> find(ModelReference model) {
    boolean tuned = model.name().startsWith(TUNED);
    Capability needed = tuned ? Capability.TUNED_MODEL_INFERENCE : Capability.BASE_MODEL_INFERENCE;
    if (!capabilities.has(needed)) {
      return Optional.empty();
    }
    ChatCompletionsModel plain = ChatCompletionsModel.of(transport, model.name());
    ChatCompletionsModel fitting =
        ReasoningModels.includes(model.name()) ? plain.withReasoning() : plain;
    return Optional.of(tuned ? WarmUpRetryModel.of(fitting, time) : fitting);
  }
}
