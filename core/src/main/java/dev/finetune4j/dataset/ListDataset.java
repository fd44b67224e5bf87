package dev.finetune4j.dataset;

import java.util.List;
import java.util.stream.Stream;

/** A set that is held in memory. */
final class ListDataset<E extends Example> implements Dataset<E> {
  private final String name;
  private final Class<E> type;
  private final List<E> examples;

  ListDataset(String name, Class<E> type, List<E> examples) {
    this.name = name;
    this.type = type;
    this.examples = List.copyOf(examples);
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
    return examples.stream();
  }

  @Override
  public long size() {
    return examples.size();
  }

  @Override
  public Fingerprint fingerprint() {
    return Fingerprint.of(this);
  }

  @Override
  public String toString() {
    return "Dataset(" + name + ", " + examples.size() + " examples)";
  }
}
