package dev.finetune4j.huggingface;

import dev.finetune4j.Time;
import dev.finetune4j.deployment.Deployment;
import dev.finetune4j.deployment.DeploymentHandle;
import dev.finetune4j.deployment.DeploymentOperations;
import dev.finetune4j.deployment.DeploymentReference;
import dev.finetune4j.deployment.DeploymentSpec;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.provider.Deployer;

/** Makes tuned models answer on this machine. Thread-safe. */
final class TrlDeployer implements Deployer {
  private final TrlDeployments deployments;
  private final TrlServers servers;
  private final Time time;

  TrlDeployer(TrlDeployments deployments, TrlServers servers, Time time) {
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
    return new TrlChatModel(servers, deployments.files(deployment));
  }
}
