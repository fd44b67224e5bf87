package dev.finetune4j.dataset.validation;

import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.Example;
import dev.finetune4j.token.TokenCounter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
   * examples on additional threads, as many as {@link Builder#threads} sets.
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
  static <E extends Example> Builder<E> builder(Class<E> exampleType) {
    return new Builder<>(exampleType);
  }

  /**
   * Configures a validator beyond the provider-independent rules. Not thread-safe.
   *
   * @param <E> the kind of example
   */
  final class Builder<E extends Example> {
    private static final long ADVISED_EXAMPLES = 10;

    private final Class<E> exampleType;
    private final List<ValidationRule<? super E>> rules = new ArrayList<>();
    private final Set<String> without = new HashSet<>();
    private final List<Dataset<? extends Example>> heldOut = new ArrayList<>();
    private ValidationSettings.@Nullable TokenLimit tokenLimit;
    private ValidationSettings.Minimum minimum =
        new ValidationSettings.Minimum(ADVISED_EXAMPLES, Severity.WARNING);
    private int findingsPerRule = 1_000;
    private long rememberedExamples = 1L << 20;
    private int threads = Math.min(4, Runtime.getRuntime().availableProcessors());

    private Builder(Class<E> exampleType) {
      this.exampleType = Objects.requireNonNull(exampleType, "exampleType");
    }

    /** Adds a rule, for example one of a provider. */
    public Builder<E> rule(ValidationRule<? super E> rule) {
      rules.add(rule);
      return this;
    }

    /** Ignores the findings of a rule. */
    public Builder<E> without(String ruleId) {
      without.add(ruleId);
      return this;
    }

    /**
     * Makes it an error to have fewer examples than {@code count}; 0 allows any number. By default,
     * fewer than 10 are a warning.
     */
    public Builder<E> minimumExamples(long count) {
      minimum = new ValidationSettings.Minimum(count, Severity.ERROR);
      return this;
    }

    /**
     * Warns about examples with more tokens than the model's context: services truncate them.
     * Counting takes most of the time of a validation.
     *
     * @param counter must be thread-safe
     */
    public Builder<E> maximumTokens(long tokens, TokenCounter counter) {
      tokenLimit = new ValidationSettings.TokenLimit(tokens, counter);
      return this;
    }

    /**
     * Warns about examples whose prompt also appears in {@code other}, the set that the model will
     * be evaluated on: exactly, ignoring case and white space, or almost. Validation first reads
     * {@code other} once.
     */
    public Builder<E> against(Dataset<? extends Example> other) {
      heldOut.add(other);
      return this;
    }

    /** Sets how many findings of each rule a report keeps, by default 1,000; all are counted. */
    public Builder<E> findingsPerRule(int count) {
      if (count < 1) {
        throw new IllegalArgumentException("findingsPerRule must be at least 1, was " + count);
      }
      findingsPerRule = count;
      return this;
    }

    /**
     * Sets how many examples are remembered for comparison, by default 1,048,576, at up to about 64
     * bytes each; half as many are remembered for near duplicates, at about 120 bytes each. Later
     * examples are still compared with these, and the report notes that there were more.
     */
    public Builder<E> rememberedExamples(long count) {
      rememberedExamples = Math.max(2, count);
      return this;
    }

    /** Sets how many threads check examples: by default one per core, at most four. */
    public Builder<E> threads(int count) {
      threads = Math.max(1, count);
      return this;
    }

    /** Returns the validator. */
    public DatasetValidator<E> build() {
      ValidationSettings<E> settings =
          new ValidationSettings<>(
              exampleType,
              rules,
              without,
              tokenLimit,
              minimum,
              new ValidationSettings.Bounds(findingsPerRule, rememberedExamples, threads),
              heldOut);
      return dataset -> new ValidationRun<>(settings, dataset).run();
    }
  }
}
