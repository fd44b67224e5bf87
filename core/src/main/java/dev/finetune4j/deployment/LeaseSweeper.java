package dev.finetune4j.deployment;

import dev.finetune4j.ProviderId;
import dev.finetune4j.Time;
import dev.finetune4j.deployment.SweepResult.Outcome;
import dev.finetune4j.error.FineTuningException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes the deployments of expired leases, and no others. Run {@link #sweep()} at each start,
 * because a crash may have left deployments behind, and every few minutes. A lease whose deployment
 * could not be deleted stays in the registry for the next sweep. Thread-safe; sweepers in several
 * processes may share a registry.
 */
public final class LeaseSweeper {
  private static final Logger LOGGER = LoggerFactory.getLogger(LeaseSweeper.class);

  /** How long after its reservation an unconfirmed deployment may still appear in a list. */
  static final Duration LATEST_APPEARANCE = Duration.ofMinutes(15);

  private final LeaseRegistry leases;
  private final Map<ProviderId, DeploymentOperations> operations;
  private final Time time;

  /**
   * Creates a sweeper. No I/O.
   *
   * @param operations by provider; leases of other providers are not touched
   */
  public LeaseSweeper(
      LeaseRegistry leases, Map<ProviderId, DeploymentOperations> operations, Time time) {
    this.leases = Objects.requireNonNull(leases, "leases");
    this.operations = Map.copyOf(operations);
    this.time = Objects.requireNonNull(time, "time");
  }

  /**
   * Expires all overdue leases and deletes the deployments of all expired ones. Up to three
   * requests per expired lease, and a list of the deployments for each that was never confirmed. A
   * failure of a provider is reported in the results, not thrown.
   *
   * @return the outcome for each expired lease, oldest first
   * @throws LeaseRegistryException if the registry cannot be read or written
   */
  public List<SweepResult> sweep() {
    List<SweepResult> results = new ArrayList<>();
    for (Lease lease : leases.expireOverdue()) {
      results.add(settle(lease));
    }
    return List.copyOf(results);
  }

  /**
   * Expires {@code lease} now and deletes its deployment. As many requests as for one lease of
   * {@link #sweep()}. If the deletion fails, the next sweep tries again.
   *
   * @throws LeaseConflictException if another holder has the lease now
   * @throws LeaseRegistryException if the registry cannot be read or written
   */
  public SweepResult sweep(Lease lease) {
    return settle(leases.expire(lease));
  }

  private SweepResult settle(Lease lease) {
    DeploymentOperations provider = operations.get(lease.model().provider());
    if (provider == null) {
      return new SweepResult(
          lease,
          Outcome.NOT_MINE,
          "This sweeper has no operations for the provider " + lease.model().provider() + ".");
    }
    if (!leases.find(lease.id()).map(lease::isSameHolding).orElse(false)) {
      return new SweepResult(lease, Outcome.GONE, "Another sweep removed the lease.");
    }
    SweepResult result;
    try {
      result = delete(lease, provider);
    } catch (FineTuningException e) {
      result = new SweepResult(lease, Outcome.FAILED, String.valueOf(e.getMessage()));
    }
    if (result.isSettled()) {
      leases.remove(lease);
    }
    LOGGER.info("{}: {} {}", lease, result.outcome(), result.detail());
    return result;
  }

  private SweepResult delete(Lease lease, DeploymentOperations provider) {
    Optional<DeploymentReference> found =
        lease.deployment().or(() -> Deployments.findUnconfirmed(provider, lease));
    if (found.isEmpty()) {
      return notFound(lease);
    }
    DeploymentReference deployment = found.get();
    if (!provider.exists(deployment)) {
      return new SweepResult(lease, Outcome.GONE, deployment + " did not exist any more.");
    }
    provider.delete(deployment);
    return provider.exists(deployment)
        ? new SweepResult(lease, Outcome.DELETING, deployment + " is being deleted.")
        : new SweepResult(lease, Outcome.GONE, deployment + " was deleted.");
  }

  private SweepResult notFound(Lease lease) {
    Duration age = Duration.between(lease.reservedAt(), time.now());
    return age.compareTo(LATEST_APPEARANCE) < 0
        ? new SweepResult(
            lease,
            Outcome.NOT_SEEN_YET,
            "No deployment is listed " + age + " after the reservation; it may still appear.")
        : new SweepResult(lease, Outcome.NEVER_CREATED, "The deployment was never created.");
  }
}
