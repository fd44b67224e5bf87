package dev.finetune4j.huggingface;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.ModelReference;
import dev.finetune4j.deployment.Capacity;
import dev.finetune4j.deployment.DeploymentSpec;
import dev.finetune4j.huggingface.hub.HubCommit;
import dev.finetune4j.huggingface.hub.HubRepository;
import dev.finetune4j.huggingface.hub.HuggingFaceHub;
import dev.finetune4j.huggingface.hub.RepositoryId;
import dev.finetune4j.huggingface.hub.Visibility;
import dev.finetune4j.provider.Deployer;
import dev.finetune4j.provider.FineTuningProvider;
import dev.finetune4j.providerkit.HttpSettings;
import dev.finetune4j.simulator.RecordedExchange;
import dev.finetune4j.simulator.huggingface.HubJobScenario;
import dev.finetune4j.simulator.huggingface.SimulatedHub;
import dev.finetune4j.testkit.FakeClock;
import dev.finetune4j.testkit.Requests;
import dev.finetune4j.training.FineTuningRequest;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The settings of the provider reach each service of Hugging Face. */
final class HuggingFaceSettingsTest {
  private static final FineTuningRequest REQUEST =
      Requests.sums("HuggingFaceTB/SmolLM2-135M-Instruct", "key-1");
  private static final String MODEL = "acme/merged";

  @TempDir Path folder;

  private final FakeClock time = new FakeClock();
  private final CircuitBreakerRegistry breakers = CircuitBreakerRegistry.ofDefaults();
  private final HttpSettings http =
      HttpSettings.builder().header("X-Gateway", "team-7").circuitBreakerRegistry(breakers).build();
  private final SimulatedHub service =
      SimulatedHub.builder()
          .time(time)
          .user("acme")
          .jobs(HubJobScenario::training)
          .spaces(order -> FakeSpace.training(order).course())
          .start();

  @AfterEach
  void stop() {
    service.close();
  }

  private <P extends FineTuningProvider> P open(HuggingFaceJobsOptions<P> options) {
    return options
        .hub(service.endpoint())
        .endpointsApi(service.endpointsApi())
        .router(service.router())
        .cache(folder)
        .time(time)
        .http(http)
        .build();
  }

  private List<String> circuitBreakers() {
    return breakers.getAllCircuitBreakers().stream().map(CircuitBreaker::getName).sorted().toList();
  }

  private static void assertThatEachHasTheHeader(List<RecordedExchange> requests) {
    assertThat(requests)
        .isNotEmpty()
        .allSatisfy(asked -> assertThat(asked.requestHeader("X-Gateway")).hasValue("team-7"));
  }

  @Test
  void theyHoldForJobs() {
    try (HuggingFaceProvider provider = open(HuggingFaceProvider.onJobs(service::token))) {
      provider.submit(REQUEST);
    }

    assertThat(service.jobsCreated()).isEqualTo(1);
    assertThatEachHasTheHeader(service.requests());
    // Files may go to the store, which has a server of its own.
    assertThat(succeeded("finetune4j-huggingface"))
        .isEqualTo(service.requests().size() + service.storeRequests().size());
  }

  @Test
  void theyHoldForSpaces() {
    try (AutoTrainProvider provider = open(AutoTrainProvider.onSpaces(service::token))) {
      provider.submit(REQUEST);
    }

    assertThat(service.spacesCreated()).isEqualTo(1);
    assertThatEachHasTheHeader(service.requests());
    assertThat(succeeded("finetune4j-huggingface")).isEqualTo(service.requests().size());
  }

  @Test
  void theyHoldForEndpoints() {
    publishModel();
    int before = service.requests().size();
    try (HuggingFaceProvider provider = open(HuggingFaceProvider.onJobs(service::token))) {
      Deployer deployer = provider.deployer().orElseThrow();
      deployer.deploy(
          DeploymentSpec.of(
              new ModelReference(HuggingFaceProvider.ID, MODEL),
              "merged-endpoint",
              new Capacity.Hardware("nvidia-l4-x1", 0, 1)));
    }

    List<RecordedExchange> requests = service.requests();
    assertThat(service.endpointsCreated()).isEqualTo(1);
    assertThatEachHasTheHeader(requests.subList(before, requests.size()));
    assertThat(succeeded("finetune4j-huggingface-endpoints")).isPositive();
    assertThat(circuitBreakers())
        .containsExactly(
            "finetune4j-huggingface",
            "finetune4j-huggingface-endpoints",
            "finetune4j-huggingface-models");
  }

  private int succeeded(String instance) {
    return breakers.find(instance).orElseThrow().getMetrics().getNumberOfSuccessfulCalls();
  }

  private void publishModel() {
    try (HuggingFaceHub hub =
        HuggingFaceHub.builder()
            .endpoint(service.endpoint())
            .token(service.token())
            .cache(folder)
            .time(time)
            .build()) {
      HubRepository repository = hub.repository(RepositoryId.model(MODEL));
      repository.create(Visibility.PRIVATE);
      repository.commit(HubCommit.of("Model").text("config.json", "{}"));
    }
  }
}
