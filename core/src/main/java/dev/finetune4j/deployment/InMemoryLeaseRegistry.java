package dev.finetune4j.deployment;

import dev.finetune4j.Time;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A registry that is lost when the process ends: for tests, and where deployments do not bill.
 * Thread-safe.
 */
public final class InMemoryLeaseRegistry extends StoredLeaseRegistry {

  /** Creates an empty registry. */
  public InMemoryLeaseRegistry(Time time) {
    super(new LeaseMap(), time);
  }

  private static final class LeaseMap implements LeaseStore {
    private final Map<String, String> texts = new HashMap<>();

    @Override
    public synchronized Optional<String> load(String id) {
      return Optional.ofNullable(texts.get(id));
    }

    @Override
    public synchronized List<Entry> loadAll() {
      return texts.entrySet().stream().map(e -> new Entry(e.getKey(), e.getValue())).toList();
    }

    @Override
    public synchronized boolean replace(
        String id, @Nullable String expected, @Nullable String replacement) {
      if (!Objects.equals(texts.get(id), expected)) {
        return false;
      }
      if (replacement == null) {
        texts.remove(id);
      } else {
        texts.put(id, replacement);
      }
      return true;
    }
  }
}
