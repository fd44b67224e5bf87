package dev.finetune4j.openai;

import dev.finetune4j.Time;
import dev.finetune4j.testkit.simulator.openai.SimulatedOpenAi;

/** Providers that ask a simulator. Stateless. */
final class Simulations {
  private Simulations() {}

  static OpenAiProvider.Builder provider(SimulatedOpenAi service, Time time) {
    return OpenAiProvider.builder()
        .apiKey(service::apiKey)
        .administratorKey(service::adminKey)
        .baseUrl(service.baseUrl().toString())
        .time(time);
  }
}
