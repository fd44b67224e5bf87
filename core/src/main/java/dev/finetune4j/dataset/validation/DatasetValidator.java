package dev.finetune4j.dataset.validation;

import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.Example;

/**
 * Checks a whole data set against a list of rules and reports all findings in one pass.
 * Thread-safe.
 *
 * <p>A set read from a file is checked as written: lines that are not JSON are reported as well,
 * each with its line number. For example:
 *
 * <pre>{@code
 * ValidationReport report = DatasetValidator.validate(Datasets.openAiChat(file));
 * report.findings().forEach(System.out::println);
 * // ERROR line 3 at $.messages[1].role [unknown-role] ...
 * report.orThrow();
 * }</pre>
 *
 * @param <E> the kind of example
 */
public interface DatasetValidator<E extends Example> {

  /**
   * Checks every example of {@code dataset}; reads it once, in bounded memory. Blocks; checks
   * examples on additional threads, as many as {@link ValidatorBuilder#threads} sets.
   *
   * @throws dev.finetune4j.dataset.DataFileException if the file cannot be read
   */
  ValidationReport check(Dataset<E> dataset);

  /**
   * Checks {@code dataset} against the provider-independent rules, as {@link #check} does. A
   * provider's own rules are in {@link dev.finetune4j.provider.FineTuningProvider#validator}.
   */
  static <E extends Example> ValidationReport validate(Dataset<E> dataset) {
    return builder(dataset.exampleType()).build().check(dataset);
  }

  /** Starts a validator with the provider-independent rules for a kind of example. */
  static <E extends Example> ValidatorBuilder<E> builder(Class<E> exampleType) {
    return new ValidatorBuilder<>(exampleType);
  }
}
