package dev.finetune4j.deployment;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Stores the texts of leases for a {@link StoredLeaseRegistry}; implement it to keep leases in a
 * database. The registry has the rules; a store only reads texts and replaces one of them
 * atomically. Thread-safe, also across processes that share the store. Every method throws a {@link
 * LeaseRegistryException} if the store cannot be read or written.
 */
public interface LeaseStore {

  /** Returns the text of a lease; empty if it does not exist. */
  Optional<String> load(String id);

  /**
   * Returns the id and text of every lease, in any order. A change that another process makes at
   * the same time may be included or not.
   */
  List<Entry> loadAll();

  /**
   * Atomically replaces the text of a lease if it is still {@code expected}. When this returns
   * true, the change survives a crash.
   *
   * @param id 1 to 40 lower-case letters, digits and hyphens
   * @param expected the current text; null if the lease must not exist
   * @param replacement the new text; null to delete the lease
   * @return false if the current text is different; then nothing was changed
   */
  boolean replace(String id, @Nullable String expected, @Nullable String replacement);

  /** Returns the place of a lease for messages, such as a file name. */
  default String place(String id) {
    return id;
  }

  /**
   * A lease in a store.
   *
   * @param id the id of the lease
   * @param text its text
   */
  record Entry(String id, String text) {}
}
