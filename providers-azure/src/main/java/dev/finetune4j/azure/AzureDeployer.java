package dev.finetune4j.azure;

import dev.finetune4j.Time;
import dev.finetune4j.deployment.Deployment;
import dev.finetune4j.inference.StreamingChatModel;
import dev.finetune4j.provider.Deployer;

/** Deploys models of the account. Thread-safe. */
record AzureDeployer(
    AzureDeployments operations, AzureConnections connections, String account, Time time)
    implements Deployer {

  @Override
  public StreamingChatModel chatModel(Deployment deployment) {
    String name = deployment.reference().id();
    if (deployment.endpoint().isEmpty()) {
      throw new IllegalArgumentException(
          "Deployment " + deployment.reference() + " has no endpoint yet; await it first.");
    }
    return AzureChatModel.of(connections.deployment(name), name, deployment.model().name());
  }
}
