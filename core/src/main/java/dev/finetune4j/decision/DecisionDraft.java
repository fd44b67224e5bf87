package dev.finetune4j.decision;

import dev.finetune4j.evaluation.Comparison;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The verdict under one scenario, with the reasons found so far. */
final class DecisionDraft {
  final Evidence evidence;
  final Scenario scenario;
  final Comparison comparison;
  final List<Reason> reasons = new ArrayList<>();
  final List<Reason> deciding = new ArrayList<>();
  final @Nullable BreakEven breakEven;
  Verdict verdict = Verdict.NOT_ENOUGH_EVIDENCE;

  private DecisionDraft(Evidence evidence, Scenario scenario) {
    this.evidence = evidence;
    this.scenario = scenario;
    comparison = evidence.comparison();
    breakEven =
        BreakEven.between(
                tuned(),
                baseline(),
                evidence.costs(),
                scenario.payBackMonths(evidence.policy()),
                scenario.requestsPerMonth())
            .orElse(null);
  }

  static DecisionDraft of(Evidence evidence, Scenario scenario) {
    DecisionDraft draft =
        new DecisionDraft(
            scenario.priceFactor() == 1 ? evidence : evidence.withTunedTimes(scenario), scenario);
    boolean forbidden = new PolicyLimits(draft).forbid();
    new QualityAnalysis(draft).judge(forbidden);
    new CostAnalysis(draft).explain();
    return draft;
  }

  AlternativeSummary tuned() {
    return summary(comparison.candidate());
  }

  AlternativeSummary baseline() {
    return summary(comparison.baseline());
  }

  private AlternativeSummary summary(String name) {
    return evidence.summaries().stream()
        .filter(it -> it.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  void add(Reason.Weight weight, String sentence, String figure) {
    reasons.add(new Reason(weight, sentence, figure));
  }

  /** Adds a reason that gives the verdict, whatever the others say. */
  void decide(Reason.Weight weight, String sentence, String figure) {
    add(weight, sentence, figure);
    deciding.add(reasons.get(reasons.size() - 1));
  }

  /**
   * The assumptions about prices, traffic and time.
   *
   * @param priceFactor the factor on all known prices of the tuned model
   * @param requestsPerMonth the expected traffic, if known
   * @param remainingDays the days until the base model is retired, if known
   */
  record Scenario(double priceFactor, OptionalLong requestsPerMonth, OptionalLong remainingDays) {

    BigDecimal factor() {
      return BigDecimal.valueOf(priceFactor);
    }

    /** Returns the months within which the one-time cost must come back. */
    int payBackMonths(DecisionPolicy policy) {
      int months = policy.payBackMonths();
      return remainingDays.isPresent()
          ? (int) Math.max(1, Math.min(months, remainingDays.getAsLong() / 30))
          : months;
    }
  }
}
