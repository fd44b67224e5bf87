package dev.finetune4j.huggingface;

import dev.finetune4j.simulator.huggingface.HubJobScenario;
import dev.finetune4j.simulator.huggingface.SimulatedHub;
import dev.finetune4j.simulator.huggingface.SimulatedHubBuilder;
import java.util.function.Supplier;

/** TRL on Jobs of the simulated Hub; only the training is a fake. */
final class OnJobsContractTest extends HubContract {

  @Override
  SimulatedHubBuilder training(SimulatedHubBuilder builder) {
    return builder.jobs(HubJobScenario::training);
  }

  @Override
  HuggingFaceJobsOptions<HuggingFaceProvider> options(Supplier<String> token) {
    return HuggingFaceProvider.onJobs(token);
  }

  @Override
  long jobsMade(SimulatedHub hub) {
    return hub.jobsCreated();
  }
}
