package dev.finetune4j.huggingface;

import dev.finetune4j.PollingSchedule;
import dev.finetune4j.Time;
import dev.finetune4j.deployment.Capacity;
import dev.finetune4j.provider.FineTuningProvider;
import dev.finetune4j.testkit.FineTuningProviderContract;
import dev.finetune4j.testkit.ManualTime;
import dev.finetune4j.testkit.simulator.huggingface.SimulatedHub;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** AutoTrain in Spaces of the simulated Hub; only the program of the Space is a stand-in. */
final class OnSpacesContractTest extends FineTuningProviderContract {
  private static final String TOKEN = "hf_contract0123456789abcdef";

  @TempDir static Path folder;

  private final ManualTime time = new ManualTime();
  private SimulatedHub service;
  private HuggingFaceProvider provider;

  @BeforeEach
  void start() {
    service =
        SimulatedHub.builder()
            .time(time)
            .token(TOKEN)
            .user("acme")
            .spaces(order -> FakeSpace.training(order).course())
            .start();
    provider =
        HuggingFaceProvider.autoTrainOnSpaces(() -> TOKEN)
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
    return service.spacesCreated();
  }

  @Override
  protected List<String> secrets() {
    return List.of(TOKEN);
  }
}
