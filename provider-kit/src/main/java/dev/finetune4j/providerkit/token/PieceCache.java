package dev.finetune4j.providerkit.token;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Remembers a small number for a key of up to 58 bits, in a table in which a newer key pushes out
 * an older one. Key and number share a long, so a reader of another thread sees both or neither.
 */
final class PieceCache {
  private static final int SLOTS = 1 << 16;
  private static final int NUMBER_BITS = 6;
  private static final int LARGEST = (1 << NUMBER_BITS) - 1;

  private final AtomicLongArray entries = new AtomicLongArray(SLOTS);

  /** Returns what is remembered, 0 if nothing is. */
  int find(long key) {
    long entry = entries.getPlain(slot(key));
    return entry >>> NUMBER_BITS == key ? (int) (entry & LARGEST) : 0;
  }

  void put(long key, int number) {
    if (number <= LARGEST) {
      entries.setPlain(slot(key), key << NUMBER_BITS | number);
    }
  }

  private static int slot(long key) {
    long mixed = key * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 48) & (SLOTS - 1);
  }
}
