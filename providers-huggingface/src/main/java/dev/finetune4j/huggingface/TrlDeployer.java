package dev.finetune4j.huggingface;

import dev.finetune4j.Time;
import dev.finetune4j.deployment.Deployment;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.provider.Deployer;
import dev.finetune4j.providerkit.process.StoredDeployments;

/** Deploys tuned models on this machine. Thread-safe. */
record TrlDeployer(StoredDeployments operations, TrlServing serving, String account, Time time)
    implements Deployer {

  @Override
  public ChatModel chatModel(Deployment deployment) {
    if (deployment.endpoint().isEmpty()) {
      throw new IllegalArgumentException(
          deployment + " has no endpoint yet. Await its handle before asking it.");
    }
    return new TrlChatModel(serving.servers(), serving.models().require(deployment.model().name()));
  }
}
