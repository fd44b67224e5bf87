package dev.finetune4j.decision;

import dev.finetune4j.evaluation.Comparison;
import dev.finetune4j.evaluation.MissingSamples;
import dev.finetune4j.evaluation.Slice;
import dev.finetune4j.statistics.Interval;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The answer to "should we use the tuned model?", with its reasons and the figures behind them,
 * created by a {@link DecisionMaker}. Immutable and thread-safe.
 */
public final class Decision {
  private final Evidence evidence;
  private final Verdict verdict;
  private final List<Reason> reasons;
  private final List<Reason> deciding;
  private final @Nullable BreakEven breakEven;
  private final OptionalLong remainingDays;
  private final Sensitivity sensitivity;

  Decision(DecisionDraft draft, Sensitivity sensitivity) {
    evidence = draft.evidence;
    verdict = draft.verdict;
    reasons = List.copyOf(draft.reasons);
    deciding = List.copyOf(draft.deciding);
    breakEven = draft.breakEven;
    remainingDays = draft.scenario.remainingDays();
    this.sensitivity = sensitivity;
  }

  /** Returns the policy of this decision. */
  public DecisionPolicy policy() {
    return evidence.policy();
  }

  /** Returns the verdict. */
  public Verdict verdict() {
    return verdict;
  }

  /** Returns the reasons, the most important first. */
  public List<Reason> reasons() {
    return reasons;
  }

  /**
   * Returns those of the {@link #reasons()} that each give the verdict, whatever the others say:
   * what rules out the tuned model, or why there is not enough evidence. Empty if the verdict is
   * {@link Verdict#FINE_TUNE}, which needs all of them.
   */
  public List<Reason> decidingReasons() {
    return deciding;
  }

  /** Returns the name of the alternative to use: the tuned model or the best baseline. */
  public String chosen() {
    return verdict == Verdict.FINE_TUNE ? comparison().candidate() : comparison().baseline();
  }

  /** Returns all alternatives: the baselines in the order given, then the tuned model. */
  public List<AlternativeSummary> alternatives() {
    return evidence.summaries();
  }

  /** Returns the alternative with the given name, if there is one. */
  public Optional<AlternativeSummary> findAlternative(String name) {
    return alternatives().stream().filter(summary -> summary.name().equals(name)).findFirst();
  }

  /** Returns the comparison of the tuned model with the best baseline by the deciding grader. */
  public Comparison comparison() {
    return evidence.comparison();
  }

  /**
   * Returns comparisons of the same pair by the graders that must not regress. Their p-values are
   * corrected together with those of {@link #slices()}.
   */
  public List<Comparison> otherComparisons() {
    return evidence.others();
  }

  /**
   * Returns comparisons of the same pair on the slices that must not regress, by the deciding
   * grader.
   */
  public List<Slice> slices() {
    return evidence.slices();
  }

  /** Returns the samples without a grade by the deciding grader, of each alternative. */
  public List<MissingSamples> missing() {
    return evidence.missing();
  }

  /**
   * Returns the 95 % interval of the gain over the best baseline, corrected for having chosen the
   * best of several: of two baselines, it is wrong about either in at most one of twenty cases.
   */
  public Interval interval() {
    return evidence.gain().interval();
  }

  /**
   * Returns the p-value of the gain over all baselines: the largest of the p-values against each,
   * since a model that is better than the best is better than every one.
   */
  public double pValue() {
    return evidence.gain().pValue();
  }

  /** Returns the one-time and monthly costs of this decision, item by item. */
  public CostFigures costs() {
    return evidence.costs();
  }

  /** Returns how the verdict changes with prices, traffic and the lifetime of the base model. */
  public Sensitivity sensitivity() {
    return sensitivity;
  }

  /** Returns the traffic from which the tuned model is cheaper; empty if prices are unknown. */
  public Optional<BreakEven> breakEven() {
    return Optional.ofNullable(breakEven);
  }

  /**
   * Returns the total number of test examples that would settle the question with a probability of
   * 0.8. Empty unless the verdict is {@link Verdict#NOT_ENOUGH_EVIDENCE}, or if no realistic number
   * would.
   */
  public OptionalLong testExamplesNeeded() {
    return verdict == Verdict.NOT_ENOUGH_EVIDENCE
        ? evidence.gain().testExamplesNeeded()
        : OptionalLong.empty();
  }

  /** Returns the days until the base model is retired, if known; negative if it already was. */
  public OptionalLong remainingDays() {
    return remainingDays;
  }

  @Override
  public String toString() {
    return "Decision(" + verdict + ", " + comparison() + ")";
  }
}
