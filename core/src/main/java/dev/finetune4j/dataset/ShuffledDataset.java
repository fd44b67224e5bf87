package dev.finetune4j.dataset;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The examples of another set, sorted by keys that the seed gives to their places. A range of keys
 * is read at a time, so only the examples of one range are held.
 */
final class ShuffledDataset<E extends Example> implements Dataset<E> {
  private static final long HELD = 1 << 16;

  private final Dataset<E> source;
  private final long seed;

  ShuffledDataset(Dataset<E> source, long seed) {
    this.source = source;
    this.seed = seed;
  }

  private record Placed<E>(long key, E example) {}

  @Override
  public String name() {
    return source.name();
  }

  @Override
  public Class<E> exampleType() {
    return source.exampleType();
  }

  @Override
  public Stream<E> examples() {
    // Half of what may be held on average, so that an uneven range still fits.
    long ranges = 1 + source.size() / (HELD / 2);
    if (ranges == 1) {
      return Stream.of(0L).flatMap(range -> range(0, 1));
    }
    return LongStream.range(0, ranges).boxed().flatMap(range -> range(range, ranges));
  }

  private Stream<E> range(long range, long ranges) {
    List<Placed<E>> held = new ArrayList<>();
    try (Stream<E> all = source.examples()) {
      long index = 0;
      for (E example : (Iterable<E>) all::iterator) {
        long key = SeededOrder.key(seed, index++);
        if (Long.remainderUnsigned(key >>> 32, ranges) == range) {
          held.add(new Placed<>(key, example));
        }
      }
    }
    held.sort(Comparator.comparingLong(Placed::key));
    return held.stream().map(Placed::example);
  }

  @Override
  public long size() {
    return source.size();
  }

  @Override
  public Fingerprint fingerprint() {
    return Fingerprint.of(this);
  }

  @Override
  public String toString() {
    return "Dataset(" + name() + ", shuffled by " + seed + ")";
  }
}
