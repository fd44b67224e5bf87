package dev.finetune4j.dataset;

import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A set whose examples come from a list or from other sets, fetched anew each time it is read. */
final class DerivedDataset<E extends Example> implements Dataset<E> {
  private final String name;
  private final Class<E> type;
  private final Supplier<Stream<E>> examples;
  private final LongSupplier size;
  private final String details;

  /** Makes a set that reads all its examples to count them. */
  DerivedDataset(String name, Class<E> type, Supplier<? extends Stream<? extends E>> examples) {
    // Mapping each example makes the stream visit all of them: count() alone may skip reading, and
    // with it the check of each line.
    this(name, type, examples, () -> count(examples.get()), "");
  }

  @SuppressWarnings(
      "unchecked") // A stream only hands out examples, so Stream<? extends E> will do.
  DerivedDataset(
      String name,
      Class<E> type,
      Supplier<? extends Stream<? extends E>> examples,
      LongSupplier size,
      String details) {
    this.name = name;
    this.type = type;
    this.examples = () -> (Stream<E>) examples.get();
    this.size = size;
    this.details = details;
  }

  private static long count(Stream<?> examples) {
    try (examples) {
      return examples.mapToLong(example -> 1).sum();
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Class<E> exampleType() {
    return type;
  }

  @Override
  public Stream<E> examples() {
    return examples.get();
  }

  @Override
  public long size() {
    return size.getAsLong();
  }

  @Override
  public Fingerprint fingerprint() {
    return Fingerprint.of(this);
  }

  @Override
  public String toString() {
    return "Dataset(" + name + details + ")";
  }
}
