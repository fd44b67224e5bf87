package dev.finetune4j.baseline;

import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.dataset.validation.ValidationReport;
import dev.finetune4j.inference.ChatModel;
import java.util.List;

/**
 * A cheaper approach that fine-tuning must beat: a model made from a base model, for example by a
 * prompt. Thread-safe.
 */
public interface Baseline {

  /** Returns the name for tables, for example {@code few-shot (4)}; unique within a run. */
  String name();

  /** Returns {@code base} asked in this way. No I/O. */
  ChatModel on(ChatModel base);

  /**
   * Returns a warning for everything that this baseline would show the model of {@code test}:
   * results on such examples prove nothing. Asks no chat model; a retriever is asked for each
   * example. By default nothing is shown.
   */
  default ValidationReport leakage(Dataset<PromptExample> test) {
    return new ValidationReport(name() + " against " + test.name(), 0, List.of());
  }

  /**
   * Returns this baseline with examples to show taken from {@code training}, if it was created
   * without any; a plan calls it with its training data. By default returns this baseline.
   */
  default Baseline withExamples(Dataset<?> training) {
    return this;
  }

  /**
   * Returns this and {@code other} together, for example a system prompt with few-shot examples;
   * {@code other} changes the question last.
   */
  default Baseline with(Baseline other) {
    return new Baselines.CombinedBaseline(this, other);
  }
}
