package dev.finetune4j.deployment;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Remembers who holds which deployment and until when. The intent is written before the deployment
 * is made, so a crash in between leaves a line in the book and never a deployment that bills
 * unnoticed:
 *
 * <pre>{@code
 * Lease lease = book.reserve(spec, LeaseTerms.of("run-7", Duration.ofHours(2)));
 * DeploymentHandle deployment = deployer.deploy(lease.labelled(spec));
 * lease = book.confirm(lease, deployment.reference());
 * // the gate passed: keep it for a month;     or it did not: take it away now
 * book.renew(lease, Duration.ofDays(30));      sweeper.sweep(lease);
 * }</pre>
 *
 * <p>A {@link LeaseSweeper} deletes what is over; run one at each start and every few minutes. No
 * method makes a request. Thread-safe. Every method may throw a {@link LeaseRegistryException} if
 * the book cannot be read or written.
 */
public interface LeaseRegistry {

  /**
   * Writes down that {@code terms.holder()} is about to make the deployment, and returns the lease.
   * If the same holder has a lease on that name already, for example from before a crash, that one
   * is returned, its time counted anew.
   *
   * @throws LeaseConflictException if another holder has the name, or the deployment of that name
   *     is about to be taken away
   */
  Lease reserve(DeploymentSpec spec, LeaseTerms terms);

  /**
   * Writes down that the deployment was made, and returns the lease with it. Written whatever
   * happened to the lease meanwhile, so that no deployment is lost.
   *
   * @throws LeaseConflictException if the lease had ended meanwhile; the deployment is in the book
   *     and the next sweep deletes it
   */
  Lease confirm(Lease lease, DeploymentReference deployment);

  /**
   * Lets the deployment stand for {@code timeToLive} from now on, and returns the lease.
   *
   * @throws LeaseConflictException if the lease is not in the book any more, or has ended
   */
  Lease renew(Lease lease, Duration timeToLive);

  /**
   * Ends the lease for good, so that each sweep tries to delete the deployment until it is gone;
   * returns the lease. Ending twice is no error.
   */
  Lease expire(Lease lease);

  /**
   * Ends, in one step that no renewal can come between, each lease whose time is over, and returns
   * every lease that has ended and is still in the book, the oldest first.
   */
  List<Lease> expireOverdue();

  /**
   * Strikes the lease out: its deployment is known to be gone, or somebody else looks after it now.
   * Doing it twice is no error.
   */
  void remove(Lease lease);

  /** Returns every lease in the book, the one that ends first first. */
  List<Lease> leases();

  /** Returns the lease of that id, empty if there is none. */
  Optional<Lease> find(String id);
}
