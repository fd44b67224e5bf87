package dev.finetune4j.dataset;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A named set of examples of one kind, in a fixed order.
 *
 * <p>Immutable and thread-safe. A set backed by a file is read again at each call of {@link
 * #examples()}; if the file changes in between, the results of this object are no longer
 * consistent.
 *
 * @param <E> the kind of example
 */
public interface Dataset<E extends Example> {

  /** Returns a readable name; it is not part of the fingerprint. */
  String name();

  /** Returns the kind of example. */
  Class<E> exampleType();

  /** Returns the examples in order. Each call starts again; the caller closes the stream. */
  Stream<E> examples();

  /** Returns how many examples there are. May read the whole set once. */
  long size();

  /** Returns a hash of the content. May read the whole set once. */
  Fingerprint fingerprint();

  /**
   * Splits the examples randomly into training and validation, each in the original order. The same
   * seed makes the same split. Counts the examples once, and reads this set again whenever a part
   * is read.
   *
   * @param trainingFraction the share of examples for training, from 0 to 1, rounded to whole
   *     examples; between 0 and 1 neither part is empty
   * @throws IllegalArgumentException if there is one example and the fraction is between 0 and 1
   */
  default DatasetSplit<E> split(double trainingFraction, long seed) {
    return DatasetSelection.byExample(this, trainingFraction, seed);
  }

  /**
   * Splits the examples so that a group is never on both sides: a conversation, a customer or a
   * source. Groups are assigned to training, in an order determined by the seed, until at least
   * {@code trainingFraction} is reached or one group is left for validation. Reads the set once and
   * keeps a number for each group in memory.
   *
   * @throws IllegalArgumentException if there is one group and the fraction is between 0 and 1
   */
  default DatasetSplit<E> splitByGroup(
      Function<? super E, String> group, double trainingFraction, long seed) {
    return DatasetSelection.byGroup(this, group, trainingFraction, seed);
  }

  /**
   * Returns {@code count} examples chosen by {@code seed}, in the original order; all examples if
   * there are fewer. Counts the examples once.
   */
  default Dataset<E> sample(long count, long seed) {
    return DatasetSelection.sample(this, count, seed);
  }

  /**
   * Returns the examples in an order determined by {@code seed}. Holds at most 65,536 examples in
   * memory; larger sets are read several times.
   */
  default Dataset<E> shuffle(long seed) {
    return DatasetSelection.shuffle(this, seed);
  }

  /** Returns the examples for which {@code keep} is true. */
  default Dataset<E> filter(Predicate<? super E> keep) {
    return new DerivedDataset<>(name(), exampleType(), () -> examples().filter(keep));
  }

  /** Returns the examples converted by {@code change}, possibly to another kind. */
  default <R extends Example> Dataset<R> map(
      Class<R> type, Function<? super E, ? extends R> change) {
    return new DerivedDataset<>(name(), type, () -> examples().map(change));
  }

  /**
   * Returns the examples as prompts to grade answers by: the expected answer is the last assistant
   * message of a conversation, or the preferred answer of a pair.
   */
  default Dataset<PromptExample> asPrompts() {
    return map(PromptExample.class, PromptExample::from);
  }

  /**
   * Returns a set of {@code examples}, held in memory.
   *
   * @throws IllegalArgumentException without examples; name their kind then
   */
  @SuppressWarnings("unchecked") // Each kind of example is a final class.
  static <E extends Example> Dataset<E> of(String name, List<E> examples) {
    if (examples.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot infer the kind of example of an empty list; use of(name, type, examples).");
    }
    return of(name, (Class<E>) examples.get(0).getClass(), examples);
  }

  /** Returns a set of {@code examples}, held in memory; it may be empty. */
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
        () ->
            OrderedStream.of(
                copy.stream().map(part -> (Supplier<Stream<E>>) part::examples).toList(),
                index -> true),
        () -> copy.stream().mapToLong(Dataset::size).sum(),
        ", " + copy.size() + " parts");
  }
}
