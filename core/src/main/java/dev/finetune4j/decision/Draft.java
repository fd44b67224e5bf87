package dev.finetune4j.decision;

import dev.finetune4j.evaluation.Comparison;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The verdict under one scenario, with its reasons, as they are found. */
final class Draft {
  final Measured measured;
  final Scenario scenario;
  final Comparison comparison;
  final List<Reason> reasons = new ArrayList<>();
  final @Nullable BreakEven breakEven;
  Verdict verdict = Verdict.NOT_ENOUGH_EVIDENCE;

  private Draft(Measured measured, Scenario scenario) {
    this.measured = measured;
    this.scenario = scenario;
    comparison = measured.comparison();
    breakEven =
        BreakEven.between(
                tuned(),
                baseline(),
                measured.costs(),
                new Horizon(scenario.payBackMonths(measured.policy()), scenario.requestsPerMonth()))
            .orElse(null);
  }

  static Draft of(Measured measured, Scenario scenario) {
    Draft draft =
        new Draft(
            scenario.priceFactor() == 1 ? measured : measured.withTunedTimes(scenario), scenario);
    boolean forbidden = new Limits(draft).forbid();
    new Evidence(draft).judge(forbidden);
    new Economy(draft).explain();
    return draft;
  }

  AlternativeSummary tuned() {
    return summary(comparison.candidate());
  }

  AlternativeSummary baseline() {
    return summary(comparison.baseline());
  }

  private AlternativeSummary summary(String name) {
    return measured.summaries().stream()
        .filter(it -> it.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  void add(Reason.Weight weight, String sentence, String figure) {
    reasons.add(new Reason(weight, sentence, figure));
  }
}
