package dev.finetune4j.decision;

import dev.finetune4j.evaluation.Comparison;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The answer to "should we use the tuned model?", with its reasons and every figure behind them.
 * Made by a {@link Deliberation}. Immutable and thread-safe.
 */
public final class Decision {
  private final DecisionPolicy policy;
  private final Verdict verdict;
  private final List<Reason> reasons;
  private final List<AlternativeSummary> alternatives;
  private final Comparison comparison;
  private final List<Comparison> otherComparisons;
  private final @Nullable BreakEven breakEven;
  private final OptionalLong testExamplesNeeded;
  private final OptionalLong remainingDays;

  Decision(Draft draft) {
    policy = draft.policy;
    verdict = Objects.requireNonNull(draft.verdict, "verdict");
    reasons = List.copyOf(draft.reasons);
    alternatives = List.copyOf(draft.alternatives);
    comparison = draft.comparison;
    otherComparisons = List.copyOf(draft.otherComparisons);
    breakEven = draft.breakEven;
    testExamplesNeeded = draft.testExamplesNeeded;
    remainingDays = draft.remainingDays;
  }

  /** Returns the rules that it was decided by. */
  public DecisionPolicy policy() {
    return policy;
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
    return verdict == Verdict.FINE_TUNE ? comparison.candidate() : comparison.baseline();
  }

  /** Returns every alternative, baselines in the order given, the tuned model last. */
  public List<AlternativeSummary> alternatives() {
    return alternatives;
  }

  /** Returns one alternative by name, empty if there is none. */
  public Optional<AlternativeSummary> findAlternative(String name) {
    return alternatives.stream().filter(summary -> summary.name().equals(name)).findFirst();
  }

  /** Returns the tuned model against the best baseline, by the grader that decides. */
  public Comparison comparison() {
    return comparison;
  }

  /** Returns the same pair by the graders that must not regress. */
  public List<Comparison> otherComparisons() {
    return otherComparisons;
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
    return testExamplesNeeded;
  }

  /** Returns the days that the base model still answers, if known; negative if it has ended. */
  public OptionalLong remainingDays() {
    return remainingDays;
  }

  @Override
  public String toString() {
    return "Decision(" + verdict + ", " + comparison + ")";
  }

  /** What a deliberation gathers. */
  static final class Draft {
    final DecisionPolicy policy;
    final Comparison comparison;
    final List<AlternativeSummary> alternatives;
    final List<Reason> reasons = new ArrayList<>();
    final List<Comparison> otherComparisons = new ArrayList<>();
    @Nullable Verdict verdict;
    @Nullable BreakEven breakEven;
    OptionalLong testExamplesNeeded = OptionalLong.empty();
    OptionalLong remainingDays = OptionalLong.empty();

    Draft(DecisionPolicy policy, Comparison comparison, List<AlternativeSummary> alternatives) {
      this.policy = policy;
      this.comparison = comparison;
      this.alternatives = alternatives;
    }

    AlternativeSummary summary(String name) {
      return alternatives.stream().filter(it -> it.name().equals(name)).findFirst().orElseThrow();
    }

    void add(Reason.Weight weight, String sentence, String figure) {
      reasons.add(new Reason(weight, sentence, figure));
    }
  }
}
