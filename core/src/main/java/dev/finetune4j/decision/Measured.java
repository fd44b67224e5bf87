package dev.finetune4j.decision;

import dev.finetune4j.evaluation.Comparison;
import dev.finetune4j.evaluation.Slice;
import java.util.List;
import java.util.OptionalLong;

/**
 * All that a decision rests on, whatever is assumed of traffic, prices and time.
 *
 * @param policy the rules
 * @param comparison the tuned model against the best baseline
 * @param others the same pair by the graders that must not regress
 * @param slices the same pair on the slices that must not regress
 * @param summaries every alternative
 * @param costs what is known of the costs
 * @param testExamplesNeeded how many examples would settle it, where it is not settled
 */
record Measured(
    DecisionPolicy policy,
    Comparison comparison,
    List<Comparison> others,
    List<Slice> slices,
    List<AlternativeSummary> summaries,
    CostFigures costs,
    OptionalLong testExamplesNeeded) {

  /** Returns whether the gain is there: as large as the policy asks, and no chance. */
  boolean isProven() {
    return isSignificant() && comparison.difference() > 0 && comparison.difference() >= minimum();
  }

  boolean isSignificant() {
    return comparison.pValue() <= policy.significanceLevel();
  }

  /** Returns whether the gain cannot be as large as the policy asks. */
  boolean isHopeless() {
    return comparison.interval().high() < minimum();
  }

  double minimum() {
    return policy.minimumGainPoints() / 100;
  }

  Measured withTestExamplesNeeded(OptionalLong needed) {
    return new Measured(policy, comparison, others, slices, summaries, costs, needed);
  }

  Measured withTunedTimes(Scenario scenario) {
    String tuned = comparison.candidate();
    return new Measured(
        policy,
        comparison,
        others,
        slices,
        summaries.stream()
            .map(it -> it.name().equals(tuned) ? it.times(scenario.factor()) : it)
            .toList(),
        costs.withTunedTimes(tuned, scenario.factor()),
        testExamplesNeeded);
  }
}
