package dev.finetune4j.dataset;

import java.nio.charset.StandardCharsets;

/** Numbers that look random and depend on nothing but a seed and what is numbered. */
final class SeededOrder {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private SeededOrder() {}

  /** Returns the key of the example at {@code index}; the keys of one seed never meet. */
  static long key(long seed, long index) {
    return mixed(mixed(seed + GOLDEN) + index * GOLDEN);
  }

  static long key(long seed, String text) {
    long hash = seed;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ b) * 0x100000001B3L;
    }
    return mixed(hash ^ mixed(seed + GOLDEN));
  }

  // The finaliser of SplitMix64: each bit of the result depends on each bit of the input.
  private static long mixed(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
