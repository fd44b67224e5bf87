package dev.finetune4j.deployment;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Searches the deployments of an account. */
public final class Deployments {

  private Deployments() {}

  /**
   * Returns the deployments with the label of a lease that is not in {@code leases}. They may bill
   * unnoticed, for example because the folder of the registry was lost. One request per page of the
   * list.
   *
   * <p>Nothing is deleted, because another application with its own registry may use the same
   * account. Where the provider keeps no labels, no orphans are found.
   */
  public static List<Deployment> orphans(DeploymentOperations operations, LeaseRegistry leases) {
    List<Deployment> labelled =
        operations.list().stream()
            .filter(deployment -> deployment.labels().containsKey(Lease.LABEL))
            .filter(Deployments::exists)
            .toList();
    Set<String> held = leases.leases().stream().map(Lease::id).collect(Collectors.toSet());
    return labelled.stream()
        .filter(deployment -> !held.contains(deployment.labels().get(Lease.LABEL)))
        .toList();
  }

  /**
   * Finds the deployment of an unconfirmed lease: by the label, or by name and model where the
   * provider keeps no labels.
   */
  static Optional<DeploymentReference> findUnconfirmed(
      DeploymentOperations operations, Lease lease) {
    return operations.list().stream()
        .filter(Deployments::exists)
        .filter(deployment -> belongsTo(deployment, lease))
        .map(Deployment::reference)
        .findFirst();
  }

  private static boolean belongsTo(Deployment deployment, Lease lease) {
    if (!deployment.labels().isEmpty()) {
      return lease.id().equals(deployment.labels().get(Lease.LABEL));
    }
    return deployment.reference().id().equals(lease.deploymentName())
        && deployment.model().equals(lease.model());
  }

  private static boolean exists(Deployment deployment) {
    return deployment.status() != DeploymentStatus.DELETED
        && deployment.status() != DeploymentStatus.DELETING;
  }
}
