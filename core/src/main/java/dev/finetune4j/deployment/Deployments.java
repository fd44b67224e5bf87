package dev.finetune4j.deployment;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Questions about all deployments of an account. */
public final class Deployments {

  private Deployments() {}

  /**
   * Returns the deployments that carry a lease's label and have no lease in {@code book}: they bill
   * and nobody looks after them, for example because the folder of the book was lost. One request
   * per page of the list.
   *
   * <p>Nothing is deleted: an application with a book of its own may share the account, and its
   * deployments look the same from here. A provider that keeps no labels has no orphans that can be
   * found.
   */
  public static List<Deployment> orphans(DeploymentOperations operations, LeaseRegistry book) {
    List<Deployment> labelled =
        operations.list().stream()
            .filter(deployment -> deployment.labels().containsKey(Lease.LABEL))
            .filter(Deployments::isStanding)
            .toList();
    Set<String> held = book.leases().stream().map(Lease::id).collect(Collectors.toSet());
    return labelled.stream()
        .filter(deployment -> !held.contains(deployment.labels().get(Lease.LABEL)))
        .toList();
  }

  /**
   * Finds the deployment that a holder meant to make and never confirmed: the one with the lease's
   * label, or, where labels are not kept, the one of that name that serves that very model.
   */
  static Optional<DeploymentReference> findIntended(DeploymentOperations operations, Lease lease) {
    return operations.list().stream()
        .filter(Deployments::isStanding)
        .filter(deployment -> isMeant(deployment, lease))
        .map(Deployment::reference)
        .findFirst();
  }

  private static boolean isMeant(Deployment deployment, Lease lease) {
    if (!deployment.labels().isEmpty()) {
      return lease.id().equals(deployment.labels().get(Lease.LABEL));
    }
    return deployment.reference().id().equals(lease.deploymentName())
        && deployment.model().equals(lease.model());
  }

  private static boolean isStanding(Deployment deployment) {
    return deployment.status() != DeploymentStatus.DELETED
        && deployment.status() != DeploymentStatus.DELETING;
  }
}
