package dev.finetune4j.dataset.validation;

import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.Example;

/**
 * Checks a whole data set by a list of rules and reports all findings in one pass.
 *
 * @param <E> the kind of example
 */
public interface DatasetValidator<E extends Example> {

  /** Checks every example of {@code dataset}; reads it once, in constant memory. */
  ValidationReport validate(Dataset<E> dataset);
}
