package dev.finetune4j.dataset;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A named set of examples of one kind, in a fixed order.
 *
 * <p>Immutable and thread-safe. A set that stands in a file is read anew at each call of {@link
 * #examples()}; if the file changes in between, the answers of this object no longer agree with one
 * another.
 *
 * @param <E> the kind of example
 */
public interface Dataset<E extends Example> {

  /** Returns what people call the set; it is not part of the fingerprint. */
  String name();

  /** Returns the kind of example. */
  Class<E> exampleType();

  /** Returns the examples in order. Each call starts again; the caller closes the stream. */
  Stream<E> examples();

  /** Returns how many examples there are. May read the whole set once. */
  long size();

  /** Returns the hash over the content. May read the whole set once. */
  Fingerprint fingerprint();

  /**
   * Returns two sets: a share of the examples for training and the rest for validation, each in its
   * old order. The same seed makes the same split. Counts the examples once, and reads this set
   * anew each time that a part is read.
   *
   * @param trainingFraction from 0 to 1; the count is rounded to the nearest
   */
  default DatasetSplit<E> split(double trainingFraction, long seed) {
    return DatasetSelection.byExample(this, trainingFraction, seed);
  }

  /**
   * Returns two sets such that examples with an equal key never stand on both sides: by
   * conversation, by customer, by source. Groups are taken for training, in an order that the seed
   * decides, until at least the share is reached. Reads the set once and remembers a number for
   * each group.
   */
  default DatasetSplit<E> splitByGroup(
      Function<? super E, String> group, double trainingFraction, long seed) {
    return DatasetSelection.byGroup(this, group, trainingFraction, seed);
  }

  /**
   * Returns {@code count} examples chosen by {@code seed}, in their old order; all of them if there
   * are no more. Counts the examples once.
   */
  default Dataset<E> sample(long count, long seed) {
    return DatasetSelection.sample(this, count, seed);
  }

  /**
   * Returns the examples in an order that only {@code seed} decides. Holds at most 65,536 examples
   * at a time; a larger set is read once for each so many.
   */
  default Dataset<E> shuffle(long seed) {
    return DatasetSelection.shuffle(this, seed);
  }

  /** Returns the examples for which {@code keep} is true. */
  default Dataset<E> filter(Predicate<? super E> keep) {
    return new DerivedDataset<>(name(), exampleType(), () -> examples().filter(keep));
  }

  /** Returns the examples that {@code change} makes of this set's; another kind if it likes. */
  default <R extends Example> Dataset<R> map(
      Class<R> type, Function<? super E, ? extends R> change) {
    return new DerivedDataset<>(name(), type, () -> examples().map(change));
  }

  /** Returns a set of the examples in {@code examples}, held in memory. */
  static <E extends Example> Dataset<E> of(String name, Class<E> type, List<E> examples) {
    List<E> copy = List.copyOf(examples);
    return new DerivedDataset<>(
        name, type, copy::stream, copy::size, ", " + copy.size() + " examples");
  }

  /**
   * Returns one set of the examples of all {@code parts}, one part after the other. Reads nothing
   * yet.
   *
   * @throws IllegalArgumentException if {@code parts} is empty
   */
  static <E extends Example> Dataset<E> concatenate(String name, List<Dataset<E>> parts) {
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("Nothing to concatenate: give at least one data set.");
    }
    List<Dataset<E>> copy = List.copyOf(parts);
    return new DerivedDataset<>(
        name,
        copy.get(0).exampleType(),
        () -> copy.stream().flatMap(Dataset::examples),
        () -> copy.stream().mapToLong(Dataset::size).sum(),
        ", " + copy.size() + " parts");
  }
}
