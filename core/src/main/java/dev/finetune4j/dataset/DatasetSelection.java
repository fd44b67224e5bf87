package dev.finetune4j.dataset;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Splits, samples and shuffles sets. The same seed always makes the same choice. */
final class DatasetSelection {
  private static final long HELD = 1 << 16;
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private DatasetSelection() {}

  private record Keyed<E>(long key, E example) {}

  static <E extends Example> DatasetSplit<E> byExample(
      Dataset<E> source, double fraction, long seed) {
    checkFraction(fraction);
    long size = source.size();
    long wanted = bothSides(Math.round(size * fraction), size, fraction, "example");
    return new DatasetSplit<>(
        chosen(source, "training", () -> selection(size, wanted, seed)),
        chosen(
            source,
            "validation",
            () -> {
              LongPredicate training = selection(size, wanted, seed);
              return index -> !training.test(index);
            }));
  }

  static <E extends Example> Dataset<E> sample(Dataset<E> source, long count, long seed) {
    if (count < 0) {
      throw new IllegalArgumentException("count must be at least 0, was " + count);
    }
    long size = source.size();
    return chosen(source, "sample", () -> selection(size, Math.min(size, count), seed));
  }

  static <E extends Example> DatasetSplit<E> byGroup(
      Dataset<E> source, Function<? super E, String> group, double fraction, long seed) {
    checkFraction(fraction);
    long border = border(source, group, fraction, seed);
    return new DatasetSplit<>(
        new DerivedDataset<>(
            source.name() + " (training)",
            source.exampleType(),
            () -> source.examples().filter(e -> key(seed, group, e) < border)),
        new DerivedDataset<>(
            source.name() + " (validation)",
            source.exampleType(),
            () -> source.examples().filter(e -> key(seed, group, e) >= border)));
  }

  /** Returns the smallest key of a group that is not used for training. */
  private static <E extends Example> long border(
      Dataset<E> source, Function<? super E, String> group, double fraction, long seed) {
    TreeMap<Long, Integer> sizes = new TreeMap<>();
    long total = 0;
    try (Stream<E> examples = source.examples()) {
      for (E example : (Iterable<E>) examples::iterator) {
        sizes.merge(key(seed, group, example), 1, Integer::sum);
        total++;
      }
    }
    long wanted = fraction == 0 ? 0 : Math.max(1, Math.round(total * fraction));
    long taken = 0;
    bothSides(1, sizes.size(), fraction, "group");
    for (Map.Entry<Long, Integer> entry : sizes.entrySet()) {
      // The last group is left for validation unless everything was asked for.
      if (taken >= wanted || (fraction < 1 && entry.getKey().equals(sizes.lastKey()))) {
        return entry.getKey();
      }
      taken += entry.getValue();
    }
    return Long.MAX_VALUE;
  }

  private static <E> long key(long seed, Function<? super E, String> group, E example) {
    // One bit less than a long, so that no key equals the border's end marker.
    return hash(seed, group.apply(example)) >> 1;
  }

  private static <E extends Example> Dataset<E> chosen(
      Dataset<E> source, String part, Supplier<LongPredicate> selection) {
    return new DerivedDataset<>(
        source.name() + " (" + part + ")",
        source.exampleType(),
        () -> {
          LongPredicate selected = selection.get();
          return OrderedStream.of(List.of(source::examples), selected);
        });
  }

  /**
   * Selects exactly {@code wanted} of {@code size} indexes, tested in order (Knuth's algorithm S).
   */
  private static LongPredicate selection(long size, long wanted, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    long[] missing = {wanted};
    return index -> {
      boolean selected = random.nextDouble() * (size - index) < missing[0];
      if (selected) {
        missing[0]--;
      }
      return selected;
    };
  }

  /**
   * Returns a number for training that leaves something on both sides, unless the fraction asks for
   * an empty one.
   */
  private static long bothSides(long wanted, long all, double fraction, String what) {
    if (fraction == 0 || fraction == 1 || all == 0) {
      return wanted;
    }
    if (all == 1) {
      throw new IllegalArgumentException(
          "A set with one "
              + what
              + " cannot be split into two sides; use the fraction 0 or 1, or add more.");
    }
    return Math.max(1, Math.min(all - 1, wanted));
  }

  private static void checkFraction(double fraction) {
    if (!(fraction >= 0 && fraction <= 1)) {
      throw new IllegalArgumentException("trainingFraction must be from 0 to 1, was " + fraction);
    }
  }

  /**
   * Sorts the examples by keys derived from the seed and their index. Reads one range of keys at a
   * time, so that only the examples of that range are in memory.
   */
  static <E extends Example> Dataset<E> shuffle(Dataset<E> source, long seed) {
    return new DerivedDataset<>(
        source.name(),
        source.exampleType(),
        () -> shuffled(source, seed),
        source::size,
        ", shuffled by " + seed);
  }

  private static <E extends Example> Stream<E> shuffled(Dataset<E> source, long seed) {
    // Half of the limit on average, so that an uneven range still fits.
    long ranges = 1 + source.size() / (HELD / 2);
    if (ranges == 1) {
      return Stream.of(0L).flatMap(range -> range(source, seed, 0, 1));
    }
    return LongStream.range(0, ranges).boxed().flatMap(range -> range(source, seed, range, ranges));
  }

  private static <E extends Example> Stream<E> range(
      Dataset<E> source, long seed, long range, long ranges) {
    List<Keyed<E>> held = new ArrayList<>();
    try (Stream<E> all = source.examples()) {
      long index = 0;
      for (E example : (Iterable<E>) all::iterator) {
        // Distinct indexes have distinct keys.
        long key = mixed(mixed(seed + GOLDEN) + index++ * GOLDEN);
        if (Long.remainderUnsigned(key >>> 32, ranges) == range) {
          held.add(new Keyed<>(key, example));
        }
      }
    }
    held.sort(Comparator.comparingLong(Keyed::key));
    return held.stream().map(Keyed::example);
  }

  private static long hash(long seed, String text) {
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
