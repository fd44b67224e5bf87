package dev.finetune4j.dataset;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Parts of a set, chosen by a seed. */
final class DatasetSplitting {
  private DatasetSplitting() {}

  static <E extends Example> DatasetSplit<E> byExample(
      Dataset<E> source, double fraction, long seed) {
    checkFraction(fraction);
    long size = source.size();
    long wanted = Math.round(size * fraction);
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
      throw new IllegalArgumentException("A sample cannot hold " + count + " examples.");
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

  /** Returns the first key, in order, of a group that is not taken for training. */
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
    long wanted = Math.round(total * fraction);
    long taken = 0;
    for (Map.Entry<Long, Integer> entry : sizes.entrySet()) {
      if (taken >= wanted) {
        return entry.getKey();
      }
      taken += entry.getValue();
    }
    return Long.MAX_VALUE;
  }

  private static <E> long key(long seed, Function<? super E, String> group, E example) {
    // One bit less than a long, so that no key is the end marker of the border.
    return SeededOrder.key(seed, group.apply(example)) >> 1;
  }

  private static <E extends Example> Dataset<E> chosen(
      Dataset<E> source, String part, Supplier<LongPredicate> selection) {
    return new DerivedDataset<>(
        source.name() + " (" + part + ")",
        source.exampleType(),
        () -> {
          LongPredicate selected = selection.get();
          long[] index = new long[1];
          return source.examples().sequential().filter(e -> selected.test(index[0]++));
        });
  }

  /**
   * Chooses exactly {@code wanted} of {@code size} places, asked in order (Knuth's algorithm S).
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

  private static void checkFraction(double fraction) {
    if (!(fraction >= 0 && fraction <= 1)) {
      throw new IllegalArgumentException("A fraction lies from 0 to 1, not at " + fraction + ".");
    }
  }
}
