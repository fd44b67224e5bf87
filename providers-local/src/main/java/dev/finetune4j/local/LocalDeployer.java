package dev.finetune4j.local;

import dev.finetune4j.Time;
import dev.finetune4j.deployment.Deployment;
import dev.finetune4j.deployment.DeploymentHandle;
import dev.finetune4j.deployment.DeploymentOperations;
import dev.finetune4j.deployment.DeploymentReference;
import dev.finetune4j.deployment.DeploymentSpec;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.provider.Deployer;

/** Makes tuned models answer on this machine. Thread-safe. */
final class LocalDeployer implements Deployer {
  private final LocalDeployments deployments;
  private final LocalServers servers;
  private final Time time;

  LocalDeployer(LocalDeployments deployments, LocalServers servers, Time time) {
    this.deployments = deployments;
    this.servers = servers;
    this.time = time;
  }

  @Override
  public DeploymentOperations operations() {
    return deployments;
  }

  @Override
  public DeploymentHandle deploy(DeploymentSpec spec) {
    return deployment(deployments.create(spec).reference());
  }

  @Override
  public DeploymentHandle deployment(DeploymentReference reference) {
    return new DeploymentHandle(reference, deployments, time);
  }

  @Override
  public ChatModel chatModel(Deployment deployment) {
    if (deployment.endpoint().isEmpty()) {
      throw new IllegalArgumentException(
          deployment + " has no endpoint yet. Await its handle before asking it.");
    }
    return new LocalChatModel(servers, deployments.files(deployment));
  }
}
