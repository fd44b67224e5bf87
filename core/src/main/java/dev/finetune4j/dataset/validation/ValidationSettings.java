package dev.finetune4j.dataset.validation;

import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.Example;
import dev.finetune4j.token.TokenCounter;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The configuration of a validator. Immutable. */
record ValidationSettings<E extends Example>(
    Class<E> exampleType,
    List<ValidationRule<? super E>> rules,
    Set<String> without,
    @Nullable TokenLimit tokenLimit,
    Minimum minimum,
    Bounds bounds,
    List<Dataset<? extends Example>> heldOut) {

  ValidationSettings {
    rules = List.copyOf(rules);
    without = Set.copyOf(without);
    heldOut = List.copyOf(heldOut);
  }

  /** Returns what counts tokens: the counter of the limit, or that of the profile, or nothing. */
  @Nullable TokenCounter counter(DatasetProfile.@Nullable Options profile) {
    if (tokenLimit != null) {
      return tokenLimit.counter();
    }
    return profile == null ? null : profile.counter();
  }

  /** The context size of the model in tokens. */
  record TokenLimit(long tokens, TokenCounter counter) {}

  /** The required number of examples, and the severity of having fewer. */
  record Minimum(long examples, Severity severity) {}

  /** Limits on memory, and the number of threads. */
  record Bounds(int findingsPerRule, long rememberedExamples, int threads) {}
}
