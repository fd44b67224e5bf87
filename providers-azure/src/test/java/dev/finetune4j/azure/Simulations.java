package dev.finetune4j.azure;

import dev.finetune4j.chat.Message;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.simulator.azure.SimulatedAzure;
import dev.finetune4j.testkit.FakeClock;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.SupervisedTraining;
import java.util.Map;
import java.util.stream.IntStream;

/** Providers that use a simulated Azure, and requests for them. */
final class Simulations {
  static final String BASE = "gpt-4.1-mini-2025-04-14";

  private Simulations() {}

  /** Returns settings with tokens for both planes; a key can be added. */
  static AzureProvider.Builder options(SimulatedAzure service, FakeClock time) {
    Map<String, String> names = service.environment();
    return AzureProvider.builder(service.endpoint().toString())
        .tokens(
            AzureTokenOptions.publicCloud()
                .withAuthorityHost(service.endpoint().toString())
                .withTime(time)
                .clientSecret(
                    names.getOrDefault("AZURE_TENANT_ID", ""),
                    names.getOrDefault("AZURE_CLIENT_ID", ""),
                    service.clientSecret()))
        .account(
            names.getOrDefault("AZURE_SUBSCRIPTION_ID", ""),
            names.getOrDefault("AZURE_RESOURCE_GROUP", ""),
            names.getOrDefault("AZURE_OPENAI_ACCOUNT_NAME", ""))
        .managementHost(service.endpoint().toString())
        .time(time);
  }

  static Dataset<ChatExample> examples() {
    return Dataset.of(
        "support",
        ChatExample.class,
        IntStream.range(0, 12)
            .mapToObj(
                i ->
                    ChatExample.of(
                        Message.user("Where is order " + i + "?"),
                        Message.assistant("Order " + i + " is on its way.")))
            .toList());
  }

  static FineTuningRequest request() {
    return FineTuningRequest.builder(BASE, SupervisedTraining.withDefaults(), examples()).build();
  }
}
