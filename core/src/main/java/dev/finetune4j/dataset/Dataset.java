package dev.finetune4j.dataset;

import java.util.List;
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

  /** Returns a set of the examples in {@code examples}, held in memory. */
  static <E extends Example> Dataset<E> of(String name, Class<E> type, List<E> examples) {
    return new ListDataset<>(name, type, examples);
  }
}
