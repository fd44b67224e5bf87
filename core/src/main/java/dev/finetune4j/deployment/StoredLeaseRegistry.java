package dev.finetune4j.deployment;

import dev.finetune4j.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The rules of leases over any store of texts. Thread-safe, also across processes that share the
 * store.
 */
public sealed class StoredLeaseRegistry implements LeaseRegistry
    permits FileLeaseRegistry, InMemoryLeaseRegistry {
  private final LeaseStore store;
  private final Time time;

  /**
   * Creates a registry. No I/O.
   *
   * @param store keeps the leases
   * @param time the clock by which leases expire
   */
  public StoredLeaseRegistry(LeaseStore store, Time time) {
    this.store = Objects.requireNonNull(store, "store");
    this.time = Objects.requireNonNull(time, "time");
  }

  @Override
  public final Lease reserve(DeploymentSpec spec, LeaseTerms terms) {
    Instant now = time.now();
    return changed(
        Lease.idOf(spec.model(), spec.name()),
        stored -> {
          stored.ifPresent(lease -> requireMatches(lease, spec, terms.holder()));
          Lease.Builder lease =
              stored
                  .filter(held -> held.deployment().isPresent())
                  .map(Lease::toBuilder)
                  .orElseGet(
                      () ->
                          new Lease.Builder(spec.model(), spec.name(), terms.holder())
                              .reservedAt(now));
          terms.pricePerHour().ifPresent(lease::pricePerHour);
          Instant until = now.plus(terms.timeToLive());
          boolean kept = stored.map(Lease::isKept).orElse(false);
          return lease.expiresAt(kept ? Lease.NEVER : until).build();
        });
  }

  @Override
  public final Lease confirm(Lease lease, DeploymentReference deployment) {
    Lease confirmed =
        changed(
            lease.id(),
            stored -> {
              Lease current = stored.orElseGet(() -> lease.toBuilder().expired(true).build());
              if (!current.holder().equals(lease.holder())) {
                throw new LeaseConflictException(
                    current + " has replaced the lease of " + lease.holder() + ".");
              }
              return current.toBuilder().deployment(deployment).build();
            });
    requireNotExpired(confirmed);
    return confirmed;
  }

  @Override
  public final Lease renew(Lease lease, Duration timeToLive) {
    return extend(lease, time.now().plus(timeToLive));
  }

  @Override
  public final Lease keep(Lease lease) {
    return extend(lease, Lease.NEVER);
  }

  private Lease extend(Lease lease, Instant until) {
    return changed(
        lease.id(),
        stored -> {
          Lease current = stored.orElseThrow(() -> removed(lease));
          requireHolder(current, lease.holder());
          requireNotExpired(current);
          return current.toBuilder().expiresAt(until).build();
        });
  }

  @Override
  public final Lease expire(Lease lease) {
    return changed(
        lease.id(),
        stored -> {
          Lease current = stored.orElse(lease);
          requireHolder(current, lease.holder());
          return current.toBuilder().expired(true).build();
        });
  }

  @Override
  public final List<Lease> expireOverdue() {
    Instant now = time.now();
    return uninterrupted(store::loadAll).stream()
        .map(
            entry -> change(entry.id(), stored -> stored.map(lease -> expireIfOverdue(lease, now))))
        .flatMap(Optional::stream)
        .filter(Lease::isExpired)
        .sorted(Comparator.comparing(Lease::reservedAt))
        .toList();
  }

  @Override
  public final void remove(Lease lease) {
    change(lease.id(), stored -> stored.filter(current -> !current.isSameHolding(lease)));
  }

  @Override
  public final List<Lease> leases() {
    return uninterrupted(store::loadAll).stream()
        .map(entry -> read(entry.id(), entry.text()))
        .sorted(Comparator.comparing(Lease::expiresAt))
        .toList();
  }

  @Override
  public final Optional<Lease> find(String id) {
    return uninterrupted(() -> store.load(id)).map(text -> read(id, text));
  }

  private Lease changed(String id, Function<Optional<Lease>, Lease> rule) {
    return change(id, stored -> Optional.of(rule.apply(stored))).orElseThrow();
  }

  /** Applies a rule to the lease with that id, again if another writer changed it meanwhile. */
  private Optional<Lease> change(String id, Function<Optional<Lease>, Optional<Lease>> rule) {
    while (true) {
      Optional<String> before = uninterrupted(() -> store.load(id));
      Optional<Lease> stored = before.map(text -> read(id, text));
      Optional<Lease> after = rule.apply(stored);
      if (after.equals(stored) || uninterrupted(() -> replace(id, before, after))) {
        return after;
      }
    }
  }

  private Lease read(String id, String text) {
    try {
      return Lease.fromJson(text);
    } catch (RuntimeException e) {
      throw new LeaseRegistryException(
          "Cannot read the lease "
              + store.place(id)
              + ". Find its deployment with Deployments.orphans and delete it at the provider, then"
              + " delete this lease.",
          e);
    }
  }

  private boolean replace(String id, Optional<String> before, Optional<Lease> after) {
    @Nullable String expected = before.orElse(null);
    @Nullable String replacement = after.map(Lease::toJson).orElse(null);
    return store.replace(id, expected, replacement);
  }

  /**
   * Clears the thread's interrupt during the call and restores it afterwards: I/O fails on an
   * interrupted thread, but an interrupted run must still be able to return its lease.
   */
  private static <T> T uninterrupted(Supplier<T> action) {
    boolean interrupted = Thread.interrupted();
    try {
      return action.get();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static Lease expireIfOverdue(Lease lease, Instant now) {
    return lease.isExpired() || lease.expiresAt().isAfter(now)
        ? lease
        : lease.toBuilder().expired(true).build();
  }

  private static void requireMatches(Lease lease, DeploymentSpec spec, String holder) {
    requireHolder(lease, holder);
    requireNotExpired(lease);
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
          lease + " does not belong to " + holder + ". Choose another name for the deployment.");
    }
  }

  private static void requireNotExpired(Lease lease) {
    if (lease.isExpired()) {
      throw new LeaseConflictException(
          lease + " has expired and its deployment is being deleted. Deploy again after a sweep.");
    }
  }

  private static LeaseConflictException removed(Lease lease) {
    return new LeaseConflictException(lease + " was removed. Deploy again with a new lease.");
  }
}
