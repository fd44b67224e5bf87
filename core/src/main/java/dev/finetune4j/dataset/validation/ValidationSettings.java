package dev.finetune4j.dataset.validation;

import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.Example;
import dev.finetune4j.token.TokenCounter;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a validator was built with. Immutable. */
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

  /** The context of the model in tokens. */
  record TokenLimit(long tokens, TokenCounter counter) {}

  /** How many examples there must be, and how bad it is if there are fewer. */
  record Minimum(long examples, Severity severity) {}

  /** What may be held in memory, and on how many threads the work is spread. */
  record Bounds(int findingsPerRule, long rememberedExamples, int threads) {}
}
