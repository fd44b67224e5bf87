package dev.finetune4j.decision;

import dev.finetune4j.evaluation.Comparison;
import dev.finetune4j.evaluation.Slice;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The answer to "should we use the tuned model?", with its reasons and every figure behind them.
 * Made by a {@link Deliberation}. Immutable and thread-safe.
 */
public final class Decision {
  private final Measured measured;
  private final Verdict verdict;
  private final List<Reason> reasons;
  private final @Nullable BreakEven breakEven;
  private final OptionalLong remainingDays;
  private final Sensitivity sensitivity;

  Decision(Draft draft, Sensitivity sensitivity) {
    measured = draft.measured;
    verdict = draft.verdict;
    reasons = List.copyOf(draft.reasons);
    breakEven = draft.breakEven;
    remainingDays = draft.scenario.remainingDays();
    this.sensitivity = sensitivity;
  }

  /** Returns the rules that it was decided by. */
  public DecisionPolicy policy() {
    return measured.policy();
  }

  /** Returns the answer. */
  public Verdict verdict() {
    return verdict;
  }

  /** Returns the reasons, the weightiest first. */
  public List<Reason> reasons() {
    return reasons;
  }

  /** Returns the name of the alternative to use: the tuned model or the best baseline. */
  public String chosen() {
    return verdict == Verdict.FINE_TUNE ? comparison().candidate() : comparison().baseline();
  }

  /** Returns every alternative, baselines in the order given, the tuned model last. */
  public List<AlternativeSummary> alternatives() {
    return measured.summaries();
  }

  /** Returns one alternative by name, empty if there is none. */
  public Optional<AlternativeSummary> findAlternative(String name) {
    return alternatives().stream().filter(summary -> summary.name().equals(name)).findFirst();
  }

  /** Returns the tuned model against the best baseline, by the grader that decides. */
  public Comparison comparison() {
    return measured.comparison();
  }

  /**
   * Returns the same pair by the graders that must not regress; their corrected p-values regard
   * those of {@link #slices()} too.
   */
  public List<Comparison> otherComparisons() {
    return measured.others();
  }

  /**
   * Returns the same pair on the slices on which it must not regress, by the grader that decides.
   */
  public List<Slice> slices() {
    return measured.slices();
  }

  /** Returns the costs that it was decided by: one-time and monthly ones, item by item. */
  public CostFigures costs() {
    return measured.costs();
  }

  /** Returns how the answer changes with prices, traffic and the life of the base model. */
  public Sensitivity sensitivity() {
    return sensitivity;
  }

  /** Returns from which traffic on the tuned model is cheaper; empty if the prices are unknown. */
  public Optional<BreakEven> breakEven() {
    return Optional.ofNullable(breakEven);
  }

  /**
   * Returns how many test examples in all would probably (four times of five) settle the question;
   * only for {@link Verdict#NOT_ENOUGH_EVIDENCE}, and empty where no realistic number would.
   */
  public OptionalLong testExamplesNeeded() {
    return verdict == Verdict.NOT_ENOUGH_EVIDENCE
        ? measured.testExamplesNeeded()
        : OptionalLong.empty();
  }

  /** Returns the days that the base model still answers, if known; negative if it has ended. */
  public OptionalLong remainingDays() {
    return remainingDays;
  }

  @Override
  public String toString() {
    return "Decision(" + verdict + ", " + comparison() + ")";
  }
}
