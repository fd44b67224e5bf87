package dev.finetune4j.deployment;

import dev.finetune4j.PollingSchedule;
import java.util.List;

/**
 * SPI: what a provider can do with deployments, one call each: no loops, no waiting, no state.
 * Thread-safe.
 */
public interface DeploymentOperations {

  /** Returns how often to ask about a deployment when the caller does not say. No I/O. */
  default PollingSchedule polling() {
    return PollingSchedule.standard();
  }

  /**
   * Makes the deployment, or returns the one of that name. One or two requests. From here on it may
   * bill.
   *
   * @throws dev.finetune4j.error.ProviderException if the provider refuses
   */
  Deployment create(DeploymentSpec spec);

  /** Returns the deployment as it is now; one that is gone has the status DELETED. One request. */
  Deployment fetch(DeploymentReference deployment);

  /** Asks to take it away; one that is gone already is no error. One request. */
  void delete(DeploymentReference deployment);

  /** Returns all deployments of the account, ours and others. One request per page. */
  List<Deployment> list();
}
