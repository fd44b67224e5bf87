package dev.finetune4j.azure;

import dev.finetune4j.PollingSchedule;
import dev.finetune4j.Time;
import dev.finetune4j.provider.FineTuningProvider;
import dev.finetune4j.simulator.azure.SimulatedAzure;
import dev.finetune4j.tck.FineTuningProviderContract;
import dev.finetune4j.testkit.FakeClock;
import dev.finetune4j.training.Hyperparameters;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The provider contract, against the simulated service, through the v1 API with a key. */
final class AzureProviderContractTest extends FineTuningProviderContract {
  private final FakeClock time = new FakeClock();
  private SimulatedAzure service;
  private AzureProvider provider;

  @BeforeEach
  void start() {
    service = SimulatedAzure.builder().time(time).start();
    provider = Simulations.options(service, time).apiKey(service.apiKey()).build();
  }

  @AfterEach
  void stop() {
    provider.close();
    service.close();
  }

  @Override
  protected FineTuningProvider provider() {
    return provider;
  }

  @Override
  protected String baseModel() {
    return "gpt-4.1-mini-2025-04-14";
  }

  @Override
  protected String imageModel() {
    return "gpt-4o-2024-08-06";
  }

  @Override
  protected String reinforcementModel() {
    return "o4-mini-2025-04-16";
  }

  @Override
  protected PollingSchedule polling() {
    return PollingSchedule.standard();
  }

  @Override
  protected Hyperparameters hyperparameters() {
    return Hyperparameters.builder().epochs(2).build();
  }

  @Override
  protected Hyperparameters longHyperparameters() {
    return Hyperparameters.builder().epochs(50).build();
  }

  @Override
  protected Time time() {
    return time;
  }

  @Override
  protected long requests() {
    return service.requests().size();
  }

  @Override
  protected long jobsMade() {
    return service.jobsCreated();
  }

  @Override
  protected List<String> secrets() {
    return List.of(service.apiKey(), service.clientSecret(), "simulated-token-");
  }
}
