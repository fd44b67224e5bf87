package dev.finetune4j.deployment;

import dev.finetune4j.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The rules of leases, over any place that can keep them. */
abstract class StoredLeaseBook implements LeaseBook {
  private final Time time;

  StoredLeaseBook(Time time) {
    this.time = time;
  }

  /** Runs {@code action} while nobody else, here or in another process, reads or writes. */
  abstract <T> T alone(Supplier<T> action);

  abstract Optional<Lease> load(String id);

  abstract List<Lease> loadAll();

  abstract void store(Lease lease);

  abstract void erase(String id);

  @Override
  public final Lease intend(DeploymentSpec spec, LeaseTerms terms) {
    Instant now = time.now();
    return alone(
        () -> {
          Optional<Lease> there = load(Lease.idOf(spec.model(), spec.name()));
          there.ifPresent(lease -> requireSameWish(lease, spec, terms.holder()));
          Lease.Builder lease =
              there
                  .filter(held -> held.deployment().isPresent())
                  .map(Lease::toBuilder)
                  .orElseGet(
                      () ->
                          new Lease.Builder(spec.model(), spec.name(), terms.holder())
                              .intendedAt(now));
          terms.pricePerHour().ifPresent(lease::pricePerHour);
          return stored(lease.expiresAt(now.plus(terms.timeToLive())).build());
        });
  }

  @Override
  public final Lease confirm(Lease lease, DeploymentReference deployment) {
    return alone(
        () -> {
          Lease current = load(lease.id()).orElseGet(() -> lease.toBuilder().ended(true).build());
          if (!current.holder().equals(lease.holder())) {
            throw new LeaseConflictException(
                current + " took the place of the lease of " + lease.holder() + ".");
          }
          Lease confirmed = stored(current.toBuilder().deployment(deployment).build());
          requireNotEnded(confirmed);
          return confirmed;
        });
  }

  @Override
  public final Lease renew(Lease lease, Duration timeToLive) {
    Instant until = time.now().plus(timeToLive);
    return alone(
        () -> {
          Lease current = load(lease.id()).orElseThrow(() -> notInTheBook(lease));
          requireHolder(current, lease.holder());
          requireNotEnded(current);
          return stored(current.toBuilder().expiresAt(until).build());
        });
  }

  @Override
  public final Lease end(Lease lease) {
    return alone(
        () -> {
          Lease current = load(lease.id()).orElse(lease);
          requireHolder(current, lease.holder());
          return stored(current.toBuilder().ended(true).build());
        });
  }

  @Override
  public final List<Lease> endExpired() {
    Instant now = time.now();
    return alone(
        () ->
            loadAll().stream()
                .filter(lease -> lease.isEnded() || !lease.expiresAt().isAfter(now))
                .sorted(Comparator.comparing(Lease::intendedAt))
                .map(
                    lease ->
                        lease.isEnded() ? lease : stored(lease.toBuilder().ended(true).build()))
                .toList());
  }

  @Override
  public final void release(Lease lease) {
    alone(
        () -> {
          load(lease.id())
              .filter(current -> current.isSameHolding(lease))
              .ifPresent(current -> erase(current.id()));
          return lease;
        });
  }

  @Override
  public final List<Lease> leases() {
    return alone(() -> loadAll().stream().sorted(Comparator.comparing(Lease::expiresAt)).toList());
  }

  @Override
  public final Optional<Lease> find(String id) {
    return alone(() -> load(id));
  }

  private Lease stored(Lease lease) {
    store(lease);
    return lease;
  }

  private static void requireSameWish(Lease lease, DeploymentSpec spec, String holder) {
    requireHolder(lease, holder);
    requireNotEnded(lease);
    if (!lease.model().equals(spec.model())) {
      throw new LeaseConflictException(
          lease
              + " is for "
              + lease.model()
              + ", not for "
              + spec.model()
              + ". Choose another name for the deployment.");
    }
  }

  private static void requireHolder(Lease lease, String holder) {
    if (!lease.holder().equals(holder)) {
      throw new LeaseConflictException(
          lease + " is not " + holder + "'s. Choose another name for the deployment.");
    }
  }

  private static void requireNotEnded(Lease lease) {
    if (lease.isEnded()) {
      throw new LeaseConflictException(
          lease + " cannot go on: its deployment is being taken away. Deploy again after a sweep.");
    }
  }

  private static LeaseConflictException notInTheBook(Lease lease) {
    return new LeaseConflictException(
        lease + " is not in the book any more. Deploy again with a new one.");
  }
}
