package dev.finetune4j.huggingface;

import dev.finetune4j.PollingSchedule;
import dev.finetune4j.Time;
import dev.finetune4j.deployment.Capacity;
import dev.finetune4j.provider.FineTuningProvider;
import dev.finetune4j.simulator.huggingface.SimulatedHub;
import dev.finetune4j.simulator.huggingface.SimulatedHubBuilder;
import dev.finetune4j.tck.FineTuningProviderContract;
import dev.finetune4j.testkit.FakeClock;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The provider contract, against the simulated Hub; only the training is a fake. */
abstract class HubContract extends FineTuningProviderContract {
  private static final String TOKEN = "hf_contract0123456789abcdef";

  @TempDir static Path folder;

  private final FakeClock time = new FakeClock();
  private SimulatedHub service;
  private FineTuningProvider provider;

  /** Lets the simulated Hub train. */
  abstract SimulatedHubBuilder training(SimulatedHubBuilder builder);

  /** Starts the settings of the provider. */
  abstract HuggingFaceJobsOptions<?> options(Supplier<String> token);

  /** Returns how many jobs the Hub has made. */
  abstract long jobsMade(SimulatedHub hub);

  @BeforeEach
  void start() {
    service = training(SimulatedHub.builder().time(time).token(TOKEN).user("acme")).start();
    provider =
        options(() -> TOKEN)
            .hub(service.endpoint())
            .endpointsApi(service.endpointsApi())
            .router(service.router())
            .cache(folder)
            .time(time)
            .build();
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
    return "HuggingFaceTB/SmolLM2-135M-Instruct";
  }

  @Override
  protected PollingSchedule polling() {
    return PollingSchedule.standard();
  }

  @Override
  protected Capacity capacity() {
    return new Capacity.Hardware("nvidia-l4-x1", 0, 1);
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
    return jobsMade(service);
  }

  @Override
  protected List<String> secrets() {
    return List.of(TOKEN);
  }
}
