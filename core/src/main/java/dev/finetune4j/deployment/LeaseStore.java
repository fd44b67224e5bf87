package dev.finetune4j.deployment;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the texts of leases for a {@link StoredLeaseRegistry}: implement this to keep leases in a
 * database. The rules of leases are in the book; a store only has to read texts and to replace one
 * of them atomically. Thread-safe, also across processes that share the store. Every method throws
 * a {@link LeaseRegistryException} if the store cannot be read or written.
 */
public interface LeaseStore {

  /** Returns the text of one lease, empty if there is none. */
  Optional<String> load(String id);

  /**
   * Returns the id and text of every lease, in any order. May see a replacement that another
   * process makes meanwhile, or not.
   */
  List<Entry> loadAll();

  /**
   * Replaces the text of a lease if it is still {@code expected}, in one step that no other writer
   * can come between. When this returns true, the change survives a crash.
   *
   * @param id 1 to 40 lower-case letters, digits and hyphens
   * @param expected the text that must be there now; null if there must be none
   * @param replacement the new text; null to delete the lease
   * @return false if the text was another one, and then nothing was changed
   */
  boolean replace(String id, @Nullable String expected, @Nullable String replacement);

  /** Returns where a lease is kept, such as a file, for messages. */
  default String place(String id) {
    return id;
  }

  /**
   * One lease in a store.
   *
   * @param id the id of the lease
   * @param text its text
   */
  record Entry(String id, String text) {}
}
