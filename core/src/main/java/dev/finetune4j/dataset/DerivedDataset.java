package dev.finetune4j.dataset;

import java.util.function.Supplier;
import java.util.stream.Stream;

/** A set that is made of others each time it is read. */
final class DerivedDataset<E extends Example> implements Dataset<E> {
  private final String name;
  private final Class<E> type;
  private final Supplier<Stream<E>> examples;

  @SuppressWarnings("unchecked") // A stream only hands out, so one of a kind of E is one of E.
  DerivedDataset(String name, Class<E> type, Supplier<? extends Stream<? extends E>> examples) {
    this.name = name;
    this.type = type;
    this.examples = () -> (Stream<E>) examples.get();
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
    try (Stream<E> all = examples()) {
      // Counting one by one: a stream may skip what it counts, and with it the check of each line.
      return all.mapToLong(example -> 1).sum();
    }
  }

  @Override
  public Fingerprint fingerprint() {
    return Fingerprint.of(this);
  }

  @Override
  public String toString() {
    return "Dataset(" + name + ")";
  }
}
