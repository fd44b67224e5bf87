package dev.finetune4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.azure.AzureProvider;
import dev.finetune4j.error.ProviderException;
import dev.finetune4j.huggingface.HuggingFaceProvider;
import dev.finetune4j.openai.OpenAiProvider;
import dev.finetune4j.provider.FineTuningProvider;
import dev.finetune4j.providerkit.HttpSettings;
import dev.finetune4j.simulator.Fault;
import dev.finetune4j.simulator.RecordedExchange;
import dev.finetune4j.simulator.azure.SimulatedAzure;
import dev.finetune4j.simulator.huggingface.HubJobScenario;
import dev.finetune4j.simulator.huggingface.SimulatedHub;
import dev.finetune4j.simulator.openai.SimulatedOpenAi;
import dev.finetune4j.testkit.FakeClock;
import dev.finetune4j.testkit.Requests;
import io.github.resilience4j.retry.RetryConfig;
import io.github.resilience4j.retry.RetryRegistry;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A creation that costs money is sent once, although the application's registry says five times
 * whatever happens.
 */
final class PaidCreationsTest {
  private static final String OPENAI_MODEL = "gpt-4.1-mini-2025-04-14";

  private final FakeClock time = new FakeClock();
  private final HttpSettings http =
      HttpSettings.builder().retryRegistry(RetryRegistry.of(everything())).build();

  @TempDir Path folder;

  private static RetryConfig everything() {
    return RetryConfig.custom().maxAttempts(5).retryOnException(failure -> true).build();
  }

  @Test
  void atOpenAi() {
    try (SimulatedOpenAi service = SimulatedOpenAi.builder().time(time).start();
        OpenAiProvider provider =
            OpenAiProvider.builder()
                .apiKey(service::apiKey)
                .baseUrl(service.baseUrl().toString())
                .http(http)
                .time(time)
                .build()) {
      service.faults().next("POST /fine_tuning/jobs", Fault.lostAnswer());

      submit(provider, OPENAI_MODEL);

      assertThat(sent(service.requests(), "/fine_tuning/jobs")).isEqualTo(1);
      assertThat(service.jobsCreated()).isEqualTo(1);
    }
  }

  @Test
  void atAzure() {
    try (SimulatedAzure service = SimulatedAzure.builder().time(time).start();
        AzureProvider provider =
            AzureProvider.builder(service.endpoint().toString())
                .apiKey(service.apiKey())
                .http(http)
                .time(time)
                .build()) {
      service.faults().next("POST /fine_tuning/jobs", Fault.lostAnswer());

      submit(provider, OPENAI_MODEL);

      assertThat(sent(service.requests(), "/fine_tuning/jobs")).isEqualTo(1);
      assertThat(service.jobsCreated()).isEqualTo(1);
    }
  }

  @Test
  void atHuggingFaceJobs() {
    try (SimulatedHub service =
            SimulatedHub.builder().time(time).user("acme").jobs(HubJobScenario::training).start();
        HuggingFaceProvider provider =
            HuggingFaceProvider.onJobs(service::token)
                .hub(service.endpoint())
                .cache(folder)
                .http(http)
                .time(time)
                .build()) {
      service.faults().next("POST /api/jobs/{}", Fault.lostAnswer());

      submit(provider, "HuggingFaceTB/SmolLM2-135M-Instruct");

      assertThat(sent(service.requests(), "/api/jobs/{owner}")).isEqualTo(1);
      assertThat(service.jobsCreated()).isEqualTo(1);
    }
  }

  /** Whether the job is found after the lost answer is not what is looked at here. */
  private static void submit(FineTuningProvider provider, String model) {
    try {
      provider.submit(Requests.sums(model, "key-1"));
    } catch (ProviderException lost) {
      assertThat(lost.isRetryable()).isTrue();
    }
  }

  private static long sent(List<RecordedExchange> requests, String template) {
    return requests.stream()
        .filter(each -> each.method().equals("POST") && each.template().equals(template))
        .count();
  }
}
