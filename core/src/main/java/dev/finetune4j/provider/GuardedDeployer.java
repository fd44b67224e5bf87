package dev.finetune4j.provider;

import dev.finetune4j.PollingSchedule;
import dev.finetune4j.ProviderId;
import dev.finetune4j.Time;
import dev.finetune4j.deployment.Deployment;
import dev.finetune4j.deployment.DeploymentHandle;
import dev.finetune4j.deployment.DeploymentOperations;
import dev.finetune4j.deployment.DeploymentReference;
import dev.finetune4j.deployment.DeploymentSpec;
import dev.finetune4j.deployment.LeaseRegistry;
import dev.finetune4j.inference.ChatModel;
import java.util.List;

/**
 * Deploys the models of an open provider and reaches its own deployments only. As thread-safe as
 * the deployer behind it.
 */
record GuardedDeployer(ProviderGuard guard, Deployer deployer) implements Deployer {

  @Override
  public DeploymentOperations operations() {
    return new GuardedDeployments(guard, deployer.operations());
  }

  @Override
  public Time time() {
    return deployer.time();
  }

  @Override
  public String account() {
    return deployer.account();
  }

  @Override
  public LeaseRegistry leases(ProviderId provider) {
    return deployer.leases(provider);
  }

  @Override
  public DeploymentHandle deployment(DeploymentReference reference) {
    return new DeploymentHandle(guard.require(reference), operations(), time());
  }

  @Override
  public ChatModel chatModel(Deployment deployment) {
    guard.require(deployment.reference());
    return deployer.chatModel(deployment);
  }

  private record GuardedDeployments(ProviderGuard guard, DeploymentOperations operations)
      implements DeploymentOperations {

    @Override
    public PollingSchedule polling() {
      return operations.polling();
    }

    @Override
    public Deployment create(DeploymentSpec spec) {
      guard.require(spec.model());
      return operations.create(spec);
    }

    @Override
    public Deployment fetch(DeploymentReference deployment) {
      return operations.fetch(guard.require(deployment));
    }

    @Override
    public boolean exists(DeploymentReference deployment) {
      return operations.exists(guard.require(deployment));
    }

    @Override
    public void delete(DeploymentReference deployment) {
      operations.delete(guard.require(deployment));
    }

    @Override
    public List<Deployment> list() {
      guard.requireOpen();
      return operations.list();
    }
  }
}
