package dev.finetune4j.deployment;

import dev.finetune4j.Time;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A book that is forgotten when the process ends: for tests, and where nothing that bills is
 * deployed. Thread-safe.
 */
public final class InMemoryLeaseBook extends StoredLeaseBook {
  private final Map<String, Lease> leases = new HashMap<>();

  /** Makes an empty book that takes the time from {@code time}. */
  public InMemoryLeaseBook(Time time) {
    super(time);
  }

  @Override
  synchronized <T> T alone(Supplier<T> action) {
    return action.get();
  }

  @Override
  Optional<Lease> load(String id) {
    return Optional.ofNullable(leases.get(id));
  }

  @Override
  List<Lease> loadAll() {
    return List.copyOf(leases.values());
  }

  @Override
  void store(Lease lease) {
    leases.put(lease.id(), lease);
  }

  @Override
  void erase(String id) {
    leases.remove(id);
  }
}
