package dev.finetune4j.deployment;

import dev.finetune4j.ProviderId;
import dev.finetune4j.Time;
import dev.finetune4j.deployment.SweepResult.Outcome;
import dev.finetune4j.error.FineTuningException;
import dev.finetune4j.error.NotFoundException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes deployments whose lease is over, and nothing else. Run {@link #sweep()} at each start, so
 * that what a crash left behind goes, and every few minutes. What fails stays in the book and is
 * tried again by the next sweep. Thread-safe; sweepers in several processes may share a book.
 */
public final class LeaseSweeper {
  private static final Logger LOGGER = LoggerFactory.getLogger(LeaseSweeper.class);

  /** How long after its intent a deployment that nobody confirmed may still turn up in a list. */
  static final Duration LATEST_APPEARANCE = Duration.ofMinutes(15);

  private final LeaseRegistry book;
  private final Map<ProviderId, DeploymentOperations> operations;
  private final Time time;

  /**
   * Makes a sweeper. No I/O.
   *
   * @param operations what deletes, by provider; leases of other providers are left alone
   */
  public LeaseSweeper(
      LeaseRegistry book, Map<ProviderId, DeploymentOperations> operations, Time time) {
    this.book = Objects.requireNonNull(book, "book");
    this.operations = Map.copyOf(operations);
    this.time = Objects.requireNonNull(time, "time");
  }

  /**
   * Ends every lease whose time is over and deletes the deployments of all that have ended. Two
   * requests for each, and one list for each that was never confirmed. Never throws what a provider
   * threw: that is in the results.
   *
   * @return what was done about each lease that is over, oldest first; leases that hold are not in
   *     it
   * @throws LeaseRegistryException if the book cannot be read or written
   */
  public List<SweepResult> sweep() {
    List<SweepResult> results = new ArrayList<>();
    for (Lease lease : book.expireOverdue()) {
      results.add(settle(lease));
    }
    return List.copyOf(results);
  }

  /**
   * Ends {@code lease} now and deletes its deployment. Two requests, three if it was never
   * confirmed. If that fails, the next {@link #sweep()} goes on with it.
   *
   * @throws LeaseConflictException if somebody else holds the deployment now
   * @throws LeaseRegistryException if the book cannot be read or written
   */
  public SweepResult sweep(Lease lease) {
    return settle(book.expire(lease));
  }

  private SweepResult settle(Lease lease) {
    DeploymentOperations provider = operations.get(lease.model().provider());
    if (provider == null) {
      return new SweepResult(
          lease,
          Outcome.NOT_MINE,
          "No deployer for " + lease.model().provider() + " was given to this sweeper.");
    }
    if (!book.find(lease.id()).map(lease::isSameHolding).orElse(false)) {
      return new SweepResult(lease, Outcome.GONE, "Another sweep was faster.");
    }
    SweepResult result;
    try {
      result = delete(lease, provider);
    } catch (FineTuningException e) {
      result = new SweepResult(lease, Outcome.FAILED, String.valueOf(e.getMessage()));
    }
    if (result.isSettled()) {
      book.remove(lease);
    }
    LOGGER.info("{}: {} {}", lease, result.outcome(), result.detail());
    return result;
  }

  private SweepResult delete(Lease lease, DeploymentOperations provider) {
    Optional<DeploymentReference> found =
        lease.deployment().or(() -> Deployments.findIntended(provider, lease));
    if (found.isEmpty()) {
      return notFound(lease);
    }
    DeploymentReference deployment = found.get();
    if (isGone(provider, deployment)) {
      return new SweepResult(lease, Outcome.GONE, deployment + " was gone already.");
    }
    provider.delete(deployment);
    return isGone(provider, deployment)
        ? new SweepResult(lease, Outcome.GONE, deployment + " was deleted.")
        : new SweepResult(lease, Outcome.DELETING, deployment + " is being taken away.");
  }

  private SweepResult notFound(Lease lease) {
    Duration age = Duration.between(lease.reservedAt(), time.now());
    return age.compareTo(LATEST_APPEARANCE) < 0
        ? new SweepResult(
            lease,
            Outcome.NOT_SEEN_YET,
            "No deployment is to be seen " + age + " after its intent; one may still appear.")
        : new SweepResult(lease, Outcome.NEVER_CREATED, "No deployment was made on this lease.");
  }

  private static boolean isGone(DeploymentOperations provider, DeploymentReference deployment) {
    try {
      return provider.fetch(deployment).status() == DeploymentStatus.DELETED;
    } catch (NotFoundException e) {
      return true;
    }
  }
}
