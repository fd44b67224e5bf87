package dev.finetune4j.dataset.validation;

import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.Example;

/**
 * Checks a whole data set by a list of rules and reports all findings in one pass. Thread-safe.
 *
 * <p>A set that stands in a file is checked where it stands: also lines that are no JSON are
 * reported, each with its line. For example:
 *
 * <pre>{@code
 * ValidationReport report =
 *     DatasetValidator.builder(ChatExample.class)
 *         .minimumExamples(10)
 *         .maximumTokens(16_385, counter)
 *         .build()
 *         .validate(JsonlFile.read(file, ExampleCodecs.openAiChat()));
 * report.findings().forEach(System.out::println);
 * // ERROR line 3 at $.messages[1].role [unknown-role] ...
 * }</pre>
 *
 * @param <E> the kind of example
 */
public interface DatasetValidator<E extends Example> {

  /**
   * Checks every example of {@code dataset}; reads it once, in bounded memory. Uses two threads
   * beside the caller's.
   *
   * @throws dev.finetune4j.dataset.DataFileException if the file cannot be read
   */
  ValidationReport validate(Dataset<E> dataset);

  /** Starts a validator with the neutral rules for a kind of example. */
  static <E extends Example> ValidatorBuilder<E> builder(Class<E> exampleType) {
    return new ValidatorBuilder<>(exampleType);
  }
}
