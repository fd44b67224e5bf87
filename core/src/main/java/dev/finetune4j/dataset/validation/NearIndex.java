package dev.finetune4j.dataset.validation;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds an earlier signature that is almost the same: 10 bands of 6 bins each (locality-sensitive
 * hashing) select candidates, whose whole signatures are then compared. Uses about 120 bytes per
 * signature, up to a limit on signatures. Not thread-safe.
 */
final class NearIndex {
  /** The share of common word pairs from which two examples count as near duplicates. */
  static final double SIMILAR = 0.8;

  private static final int BANDS = 10;
  private static final int BAND_BITS = 24;
  private static final int CHUNK = 1 << 13;

  private final List<long[]> signatures = new ArrayList<>();
  private final List<int[]> lines = new ArrayList<>();
  private final int[][] tables = new int[BANDS][1 << 10];
  private final long bound;
  private int size;
  private double similarity;

  NearIndex(long bound) {
    this.bound = bound;
  }

  boolean isFull() {
    return size >= bound;
  }

  /** Returns the similarity of the signature found last, from 0 to 1. */
  double similarity() {
    return similarity;
  }

  /** Returns the line of the earliest similar signature, or 0. */
  int find(long[] signature) {
    int best = -1;
    for (int band = 0; band < BANDS; band++) {
      int key = band(signature, 0, band);
      int[] table = tables[band];
      int slot = slot(key, table.length);
      while (table[slot] != 0) {
        int candidate = table[slot] - 1;
        if (candidate != best
            && (best < 0 || candidate < best)
            && band(signatures.get(candidate / CHUNK), candidate % CHUNK * MinHash.LONGS, band)
                == key
            && isSimilar(signature, candidate)) {
          best = candidate;
        }
        slot = (slot + 1) & (table.length - 1);
      }
    }
    return best < 0 ? 0 : lines.get(best / CHUNK)[best % CHUNK];
  }

  /** Stores a signature, unless the index is full. */
  void add(long[] signature, int line) {
    if (isFull()) {
      return;
    }
    if (size % CHUNK == 0) {
      signatures.add(new long[CHUNK * MinHash.LONGS]);
      lines.add(new int[CHUNK]);
    }
    System.arraycopy(
        signature, 0, signatures.get(size / CHUNK), size % CHUNK * MinHash.LONGS, MinHash.LONGS);
    lines.get(size / CHUNK)[size % CHUNK] = line;
    for (int band = 0; band < BANDS; band++) {
      if (size * 4L >= tables[band].length * 3L) {
        grow(band);
      }
      put(tables[band], band, size);
    }
    size++;
  }

  private void grow(int band) {
    int[] larger = new int[tables[band].length * 2];
    for (int i = 0; i < size; i++) {
      put(larger, band, i);
    }
    tables[band] = larger;
  }

  private void put(int[] table, int band, int index) {
    long[] chunk = signatures.get(index / CHUNK);
    int offset = index % CHUNK * MinHash.LONGS;
    int key = band(chunk, offset, band);
    int slot = slot(key, table.length);
    int steps = 0;
    while (table[slot] != 0) {
      // Templates share bands by the thousand; more than a few entries per key find nothing new.
      if (++steps > 32) {
        return;
      }
      slot = (slot + 1) & (table.length - 1);
    }
    table[slot] = index + 1;
  }

  private boolean isSimilar(long[] signature, int candidate) {
    long[] chunk = signatures.get(candidate / CHUNK);
    int from = candidate % CHUNK * MinHash.LONGS;
    int equal = 0;
    for (int i = 0; i < MinHash.LONGS; i++) {
      long difference = signature[i] ^ chunk[from + i];
      long any = difference | (difference >>> 1);
      any |= any >>> 2;
      equal += 16 - Long.bitCount(any & 0x1111111111111111L);
    }
    double share = (double) equal / MinHash.BINS;
    // One in sixteen bins matches by chance.
    double estimate = (share - 1.0 / 16) / (1 - 1.0 / 16);
    if (estimate >= SIMILAR) {
      similarity = estimate;
      return true;
    }
    return false;
  }

  private static int band(long[] source, int offset, int band) {
    int bit = band * BAND_BITS;
    long key = source[offset + bit / Long.SIZE] >>> (bit % Long.SIZE);
    if (bit % Long.SIZE > Long.SIZE - BAND_BITS) {
      key |= source[offset + bit / Long.SIZE + 1] << (Long.SIZE - bit % Long.SIZE);
    }
    return (int) key & ((1 << BAND_BITS) - 1);
  }

  private static int slot(int key, int length) {
    return (int) (TextHash.mixed(key) & (length - 1));
  }
}
