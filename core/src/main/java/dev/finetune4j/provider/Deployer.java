package dev.finetune4j.provider;

import dev.finetune4j.Time;
import dev.finetune4j.deployment.Deployment;
import dev.finetune4j.deployment.DeploymentHandle;
import dev.finetune4j.deployment.DeploymentOperations;
import dev.finetune4j.deployment.DeploymentReference;
import dev.finetune4j.deployment.DeploymentSpec;
import dev.finetune4j.inference.ChatModel;

/** The part of a provider that makes a tuned model answer. Thread-safe. */
public interface Deployer {

  /** Returns the single calls that the handles are made of. No I/O. */
  DeploymentOperations operations();

  /** Returns the clock that the handles wait by. No I/O. */
  Time time();

  /**
   * Makes a deployment, or finds the one of that name. One or two requests. From here on it may
   * bill: hold a lease, or delete it.
   *
   * @throws dev.finetune4j.error.ProviderException if the provider refuses
   */
  default DeploymentHandle deploy(DeploymentSpec spec) {
    return deployment(operations().create(spec).reference());
  }

  /** Returns the verbs of a deployment that exists. No I/O. */
  default DeploymentHandle deployment(DeploymentReference reference) {
    return new DeploymentHandle(reference, operations(), time());
  }

  /**
   * Returns the model that a ready deployment serves. No I/O.
   *
   * @throws IllegalArgumentException if the deployment has no endpoint yet
   */
  ChatModel chatModel(Deployment deployment);
}
