package dev.finetune4j.local;

import dev.finetune4j.Time;
import dev.finetune4j.deployment.Deployment;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.provider.Deployer;
import dev.finetune4j.providerkit.process.StoredDeployments;

/** Makes tuned models answer on this machine. Thread-safe. */
record LocalDeployer(StoredDeployments operations, LocalServing serving, String account, Time time)
    implements Deployer {

  @Override
  public ChatModel chatModel(Deployment deployment) {
    if (deployment.endpoint().isEmpty()) {
      throw new IllegalArgumentException(
          deployment + " has no endpoint yet. Await its handle before asking it.");
    }
    return new LocalChatModel(
        serving.servers(), serving.models().require(deployment.model().name()));
  }
}
