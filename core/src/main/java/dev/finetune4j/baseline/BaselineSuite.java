package dev.finetune4j.baseline;

import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.dataset.validation.ValidationReport;
import dev.finetune4j.evaluation.Evaluation;
import dev.finetune4j.evaluation.EvaluationReport;
import dev.finetune4j.inference.ChatModel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Several baselines measured on the same samples. Immutable and thread-safe.
 *
 * <pre>{@code
 * List<EvaluationReport> reports =
 *     BaselineSuite.of(
 *             Baselines.zeroShot(),
 *             Baselines.systemPrompt("strict prompt", "Answer with JSON only."),
 *             Baselines.nearestFewShot(pool, 4),
 *             Baselines.model("tuned", tunedModel))
 *         .measure(evaluation, baseModel);
 * }</pre>
 *
 * <p>What a baseline shows the model is checked against the test set before any question is asked.
 */
public final class BaselineSuite {
  private final List<Baseline> baselines;
  private final boolean leaksAllowed;

  private BaselineSuite(List<Baseline> baselines, boolean leaksAllowed) {
    this.baselines = List.copyOf(baselines);
    this.leaksAllowed = leaksAllowed;
    Set<String> names = new HashSet<>();
    for (Baseline baseline : baselines) {
      if (!names.add(baseline.name())) {
        throw new IllegalArgumentException("Two baselines are named \"" + baseline.name() + "\".");
      }
    }
  }

  /**
   * Returns these baselines, to be measured in this order.
   *
   * @throws IllegalArgumentException if two have one name
   */
  public static BaselineSuite of(Baseline... baselines) {
    return of(List.of(baselines));
  }

  /** Returns these baselines, to be measured in this order; names as in {@link #of}. */
  public static BaselineSuite of(List<Baseline> baselines) {
    return new BaselineSuite(baselines, false);
  }

  /** Returns the same baselines, measured even if one shows the model examples of the test set. */
  public BaselineSuite allowingLeakage() {
    return new BaselineSuite(baselines, true);
  }

  /** Returns the baselines in order. */
  public List<Baseline> baselines() {
    return baselines;
  }

  /**
   * Returns what the baselines would show the model of {@code test}: one report per baseline that
   * leaks. Asks no chat model.
   */
  public List<ValidationReport> leakage(Dataset<PromptExample> test) {
    List<ValidationReport> reports = new ArrayList<>();
    for (Baseline baseline : baselines) {
      ValidationReport report = baseline.leakage(test);
      if (report.totalFindings() > 0) {
        reports.add(report);
      }
    }
    return reports;
  }

  /**
   * Measures every baseline on {@code base}, one after the other, and returns their reports in
   * order. Blocks; costs as much as {@link Evaluation#run} for each baseline.
   *
   * @throws LeakageException if a baseline would show the model examples of the test set; nothing
   *     was asked
   * @throws dev.finetune4j.error.OperationInterruptedException if the thread is interrupted
   */
  public List<EvaluationReport> measure(Evaluation evaluation, ChatModel base) {
    if (!leaksAllowed) {
      List<ValidationReport> leaks = leakage(evaluation.dataset());
      if (!leaks.isEmpty()) {
        throw new LeakageException(leaks);
      }
    }
    List<EvaluationReport> reports = new ArrayList<>();
    for (Baseline baseline : baselines) {
      reports.add(evaluation.run(baseline.name(), baseline.on(base)));
    }
    return reports;
  }
}
