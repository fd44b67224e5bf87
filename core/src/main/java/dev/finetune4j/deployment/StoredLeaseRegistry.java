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
 * The rules of leases over any store that can keep their texts. Thread-safe, also across processes
 * that share the store.
 */
public sealed class StoredLeaseRegistry implements LeaseRegistry
    permits FileLeaseRegistry, InMemoryLeaseRegistry {
  private final LeaseStore store;
  private final Time time;

  /**
   * Makes a book over {@code store}. No I/O.
   *
   * @param store keeps the leases
   * @param time tells when a lease has expired
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
        there -> {
          there.ifPresent(lease -> requireSameWish(lease, spec, terms.holder()));
          Lease.Builder lease =
              there
                  .filter(held -> held.deployment().isPresent())
                  .map(Lease::toBuilder)
                  .orElseGet(
                      () ->
                          new Lease.Builder(spec.model(), spec.name(), terms.holder())
                              .reservedAt(now));
          terms.pricePerHour().ifPresent(lease::pricePerHour);
          return lease.expiresAt(now.plus(terms.timeToLive())).build();
        });
  }

  @Override
  public final Lease confirm(Lease lease, DeploymentReference deployment) {
    Lease confirmed =
        changed(
            lease.id(),
            there -> {
              Lease current = there.orElseGet(() -> lease.toBuilder().expired(true).build());
              if (!current.holder().equals(lease.holder())) {
                throw new LeaseConflictException(
                    current + " took the place of the lease of " + lease.holder() + ".");
              }
              return current.toBuilder().deployment(deployment).build();
            });
    requireNotExpired(confirmed);
    return confirmed;
  }

  @Override
  public final Lease renew(Lease lease, Duration timeToLive) {
    Instant until = time.now().plus(timeToLive);
    return changed(
        lease.id(),
        there -> {
          Lease current = there.orElseThrow(() -> notInTheBook(lease));
          requireHolder(current, lease.holder());
          requireNotExpired(current);
          return current.toBuilder().expiresAt(until).build();
        });
  }

  @Override
  public final Lease expire(Lease lease) {
    return changed(
        lease.id(),
        there -> {
          Lease current = there.orElse(lease);
          requireHolder(current, lease.holder());
          return current.toBuilder().expired(true).build();
        });
  }

  @Override
  public final List<Lease> expireOverdue() {
    Instant now = time.now();
    return uninterrupted(store::loadAll).stream()
        .map(entry -> change(entry.id(), there -> there.map(lease -> expireIfOverdue(lease, now))))
        .flatMap(Optional::stream)
        .filter(Lease::isExpired)
        .sorted(Comparator.comparing(Lease::reservedAt))
        .toList();
  }

  @Override
  public final void remove(Lease lease) {
    change(lease.id(), there -> there.filter(current -> !current.isSameHolding(lease)));
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
    return change(id, there -> Optional.of(rule.apply(there))).orElseThrow();
  }

  /**
   * Replaces the lease of that id by what {@code rule} makes of it. The rule is applied again if
   * another writer was faster.
   */
  private Optional<Lease> change(String id, Function<Optional<Lease>, Optional<Lease>> rule) {
    while (true) {
      Optional<String> before = uninterrupted(() -> store.load(id));
      Optional<Lease> there = before.map(text -> read(id, text));
      Optional<Lease> after = rule.apply(there);
      if (after.equals(there) || uninterrupted(() -> replace(id, before, after))) {
        return after;
      }
    }
  }

  private Lease read(String id, String text) {
    try {
      return LeaseJson.read(text);
    } catch (RuntimeException e) {
      throw new LeaseRegistryException(
          "Cannot read "
              + store.place(id)
              + ". Look for its deployment at the provider (Deployments.orphans), then delete the"
              + " lease there.",
          e);
    }
  }

  private boolean replace(String id, Optional<String> before, Optional<Lease> after) {
    @Nullable String expected = before.orElse(null);
    @Nullable String replacement = after.map(LeaseJson::write).orElse(null);
    return store.replace(id, expected, replacement);
  }

  /**
   * Calls the store with the thread's interrupt set aside: I/O fails on an interrupted thread, and
   * a run that is being stopped must still be able to give its lease back.
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

  private static void requireSameWish(Lease lease, DeploymentSpec spec, String holder) {
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
          lease + " is not " + holder + "'s. Choose another name for the deployment.");
    }
  }

  private static void requireNotExpired(Lease lease) {
    if (lease.isExpired()) {
      throw new LeaseConflictException(
          lease + " cannot go on: its deployment is being taken away. Deploy again after a sweep.");
    }
  }

  private static LeaseConflictException notInTheBook(Lease lease) {
    return new LeaseConflictException(
        lease + " is not in the book any more. Deploy again with a new one.");
  }
}
