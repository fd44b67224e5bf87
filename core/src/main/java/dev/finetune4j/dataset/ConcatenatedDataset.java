package dev.finetune4j.dataset;

import java.util.List;
import java.util.stream.Stream;

/**
 * Several sets of one kind, one after the other. Immutable and thread-safe.
 *
 * @param <E> the kind of example
 */
public final class ConcatenatedDataset<E extends Example> implements Dataset<E> {
  private final String name;
  private final Class<E> type;
  private final List<Dataset<E>> parts;

  private ConcatenatedDataset(String name, Class<E> type, List<Dataset<E>> parts) {
    this.name = name;
    this.type = type;
    this.parts = parts;
  }

  /**
   * Returns the parts as one set. Reads nothing yet.
   *
   * @throws IllegalArgumentException if there is no part
   */
  public static <E extends Example> Dataset<E> of(String name, List<Dataset<E>> parts) {
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("Nothing to concatenate: give at least one data set.");
    }
    return new ConcatenatedDataset<>(name, parts.get(0).exampleType(), List.copyOf(parts));
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
    return parts.stream().flatMap(Dataset::examples);
  }

  @Override
  public long size() {
    return parts.stream().mapToLong(Dataset::size).sum();
  }

  @Override
  public Fingerprint fingerprint() {
    return Fingerprint.of(this);
  }

  @Override
  public String toString() {
    return "Dataset(" + name + ", " + parts.size() + " parts)";
  }
}
