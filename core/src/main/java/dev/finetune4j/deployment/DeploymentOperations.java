package dev.finetune4j.deployment;

import dev.finetune4j.PollingSchedule;
import dev.finetune4j.error.NotFoundException;
import java.util.List;

/**
 * SPI: the deployment calls of a provider, one method per call, without loops, waiting or state.
 * Thread-safe. Every method may throw a {@link dev.finetune4j.error.ProviderException}.
 */
public interface DeploymentOperations {

  /** Returns the polling schedule for callers that do not choose one. No I/O. */
  default PollingSchedule polling() {
    return PollingSchedule.standard();
  }

  /**
   * Creates the deployment, or returns the existing one with that name. One or two requests. The
   * deployment may bill from now on.
   */
  Deployment create(DeploymentSpec spec);

  /**
   * Returns the current state of a deployment; a deleted one has the status DELETED. One request.
   */
  Deployment fetch(DeploymentReference deployment);

  /**
   * Returns whether the service still has a deployment, without asking its model anything. One
   * request. By default, whether {@link #fetch} finds it; override it where that asks the model.
   */
  default boolean exists(DeploymentReference deployment) {
    try {
      return fetch(deployment).status() != DeploymentStatus.DELETED;
    } catch (NotFoundException e) {
      return false;
    }
  }

  /** Requests the deletion. Does nothing if the deployment does not exist. One request. */
  void delete(DeploymentReference deployment);

  /** Returns all deployments of the account, also those of others. One request per page. */
  List<Deployment> list();
}
