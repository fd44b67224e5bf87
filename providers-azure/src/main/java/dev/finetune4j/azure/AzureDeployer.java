package dev.finetune4j.azure;

import dev.finetune4j.Time;
import dev.finetune4j.catalog.ModelCatalog;
import dev.finetune4j.deployment.Deployment;
import dev.finetune4j.inference.StreamingChatModel;
import dev.finetune4j.provider.Deployer;
import org.jspecify.annotations.Nullable;

/** Deploys models of the account. Thread-safe. */
record AzureDeployer(
    AzureDeployments operations, AzureConnections connections, String account, Time time)
    implements Deployer {

  /** Returns the deployer of the account, null without an account. */
  static @Nullable AzureDeployer of(
      AzureProvider.Builder options, AzureConnections connections, ModelCatalog catalog) {
    AzureSettings.Account account = options.account;
    if (account == null) {
      return null;
    }
    ManagementPlane manager = new ManagementPlane(connections.management(), account);
    AzureDeployments deployments =
        new AzureDeployments(
            manager, new DeploymentJson(catalog), connections, options.deployments);
    return new AzureDeployer(deployments, connections, account.toString(), options.time);
  }

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
