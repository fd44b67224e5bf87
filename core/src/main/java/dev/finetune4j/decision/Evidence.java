package dev.finetune4j.decision;

import dev.finetune4j.evaluation.Comparison;
import dev.finetune4j.evaluation.Slice;
import java.util.List;
import java.util.OptionalLong;

/**
 * The measurements behind a decision, independent of assumptions about traffic, prices and time.
 *
 * @param policy the policy
 * @param comparison the tuned model compared with the best baseline
 * @param others the same pair by the graders that must not regress
 * @param slices the same pair on the slices that must not regress
 * @param summaries all alternatives
 * @param costs the known costs
 * @param testExamplesNeeded how many examples would settle the question, if it is not settled
 */
record Evidence(
    DecisionPolicy policy,
    Comparison comparison,
    List<Comparison> others,
    List<Slice> slices,
    List<AlternativeSummary> summaries,
    CostFigures costs,
    OptionalLong testExamplesNeeded) {

  /** Returns whether the gain is significant and as large as the policy requires. */
  boolean isProven() {
    return isSignificant() && comparison.difference() > 0 && comparison.difference() >= minimum();
  }

  boolean isSignificant() {
    return comparison.pValue() <= policy.significanceLevel();
  }

  /** Returns whether the gain cannot be as large as the policy requires. */
  boolean isHopeless() {
    return comparison.interval().high() < minimum();
  }

  double minimum() {
    return policy.minimumGainPoints() / 100;
  }

  Evidence withTestExamplesNeeded(OptionalLong needed) {
    return new Evidence(policy, comparison, others, slices, summaries, costs, needed);
  }

  Evidence withTunedTimes(DecisionDraft.Scenario scenario) {
    String tuned = comparison.candidate();
    return new Evidence(
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
