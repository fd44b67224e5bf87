package dev.finetune4j.dataset.validation;

/**
 * Maps 64-bit keys to values in two arrays, with at most 32 bytes per entry, up to a limit on
 * entries. Not thread-safe.
 */
final class HashTable {
  private final long bound;
  private long[] keys = new long[1 << 10];
  private long[] values = new long[1 << 10];
  private int size;

  HashTable(long bound) {
    this.bound = bound;
  }

  boolean isFull() {
    return size >= bound;
  }

  /** Returns the value of the key, 0 if it has none. */
  long find(long key) {
    return values[slot(keys, values, key)];
  }

  /** Stores a value other than 0, unless the table is full. */
  void put(long key, long value) {
    if (isFull()) {
      return;
    }
    if (size * 4L >= keys.length * 3L) {
      grow();
    }
    int slot = slot(keys, values, key);
    if (values[slot] == 0) {
      size++;
    }
    keys[slot] = key;
    values[slot] = value;
  }

  private void grow() {
    long[] newKeys = new long[keys.length * 2];
    long[] newValues = new long[keys.length * 2];
    for (int i = 0; i < keys.length; i++) {
      if (values[i] != 0) {
        int slot = slot(newKeys, newValues, keys[i]);
        newKeys[slot] = keys[i];
        newValues[slot] = values[i];
      }
    }
    keys = newKeys;
    values = newValues;
  }

  private static int slot(long[] keys, long[] values, long key) {
    int slot = (int) (TextHash.mixed(key) & (keys.length - 1));
    while (values[slot] != 0 && keys[slot] != key) {
      slot = (slot + 1) & (keys.length - 1);
    }
    return slot;
  }
}
