package dev.finetune4j.deployment;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Records which holder keeps which deployment until when. The reservation is written before the
 * deployment is created, so a crash in between leaves a lease that can be swept, never a deployment
 * that bills unnoticed:
 *
 * <pre>{@code
 * Lease lease = leases.reserve(spec, LeaseTerms.of("run-7", Duration.ofHours(2)));
 * DeploymentHandle deployment = deployer.deploy(lease.labelled(spec));
 * lease = leases.confirm(lease, deployment.reference());
 * leases.renew(lease, Duration.ofDays(30));       // keep the deployment for a month, or
 * sweeper.sweep(lease);                           // delete it now
 * }</pre>
 *
 * <p>A {@link LeaseSweeper} deletes the deployments of expired leases; run one at each start and
 * every few minutes. No method sends a request. Thread-safe. Every method may throw a {@link
 * LeaseRegistryException} if the registry cannot be read or written.
 */
public interface LeaseRegistry {

  /**
   * Records that {@code terms.holder()} is about to create the deployment, and returns the lease.
   * If the same holder already has a lease on that name, for example from before a crash, extends
   * and returns that lease.
   *
   * @throws LeaseConflictException if another holder has the name, the name is leased for another
   *     model, or the lease has expired and its deployment is about to be deleted
   */
  Lease reserve(DeploymentSpec spec, LeaseTerms terms);

  /**
   * Records the created deployment and returns the lease with it. The deployment is recorded even
   * if the lease has expired or was removed, so that a sweep finds it.
   *
   * @throws LeaseConflictException if the lease has expired; the next sweep deletes the deployment
   */
  Lease confirm(Lease lease, DeploymentReference deployment);

  /**
   * Lets the lease expire {@code timeToLive} from now instead, and returns it.
   *
   * @throws LeaseConflictException if the lease was removed or has expired
   */
  Lease renew(Lease lease, Duration timeToLive);

  /**
   * Lets the lease not expire any more, and returns it: for a deployment in production. It bills
   * until the lease is expired, or renewed for a limited time that ends.
   *
   * @throws LeaseConflictException if the lease was removed or has expired
   */
  Lease keep(Lease lease);

  /**
   * Expires the lease for good and returns it. Each sweep then tries to delete the deployment until
   * it no longer exists. Does nothing if it has already expired.
   */
  Lease expire(Lease lease);

  /**
   * Expires each lease whose time is over, atomically with respect to renewals, and returns all
   * expired leases that were not removed yet, oldest first.
   */
  List<Lease> expireOverdue();

  /**
   * Removes the lease, because its deployment no longer exists or is managed elsewhere. Does
   * nothing if it was already removed.
   */
  void remove(Lease lease);

  /** Returns all leases, in the order in which they expire. */
  List<Lease> leases();

  /** Returns the lease with that id; empty if it does not exist. */
  Optional<Lease> find(String id);
}
