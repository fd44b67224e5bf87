package dev.finetune4j.huggingface;

import dev.finetune4j.simulator.huggingface.SimulatedHub;
import dev.finetune4j.simulator.huggingface.SimulatedHubBuilder;
import java.util.function.Supplier;

/** AutoTrain in Spaces of the simulated Hub; only the program of the Space is a fake. */
final class OnSpacesContractTest extends HubContract {

  @Override
  SimulatedHubBuilder training(SimulatedHubBuilder builder) {
    return builder.spaces(order -> FakeSpace.training(order).course());
  }

  @Override
  HuggingFaceJobsOptions<AutoTrainProvider> options(Supplier<String> token) {
    return AutoTrainProvider.onSpaces(token);
  }

  @Override
  long jobsMade(SimulatedHub hub) {
    return hub.spacesCreated();
  }
}
