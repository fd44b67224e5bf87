package dev.finetune4j.dataset.validation;

import dev.finetune4j.dataset.Example;
import java.util.List;

/**
 * A check of single examples that the caller or a provider adds to the provider-independent ones.
 * Must be thread-safe: several examples are checked at once.
 *
 * @param <E> the kind of example
 */
public interface ValidationRule<E extends Example> {

  /** Returns the stable id, in lower case with hyphens. */
  String id();

  /**
   * Returns the findings about an example, usually none. Called for examples that could be read, in
   * any order.
   *
   * @param at the location of the whole example; add the path with {@link ExampleLocation#at}
   */
  List<Finding> check(E example, ExampleLocation at);
}
