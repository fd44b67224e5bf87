package dev.finetune4j.decision;

import dev.finetune4j.evaluation.Comparison;
import dev.finetune4j.evaluation.MissingSamples;
import dev.finetune4j.evaluation.Slice;
import dev.finetune4j.statistics.Interval;
import dev.finetune4j.statistics.Settling;
import java.util.List;
import java.util.OptionalLong;

/**
 * The measurements behind a decision, independent of assumptions about traffic, prices and time.
 *
 * @param policy the policy
 * @param comparison the tuned model compared with the best baseline
 * @param gain the gain over all baselines
 * @param others the pair with the best baseline by the graders that must not regress
 * @param slices the same pair on the slices that must not regress
 * @param summaries all alternatives
 * @param missing the samples of all alternatives that the deciding grader gave no grade
 * @param costs the known costs
 */
record Evidence(
    DecisionPolicy policy,
    Comparison comparison,
    Gain gain,
    List<Comparison> others,
    List<Slice> slices,
    List<AlternativeSummary> summaries,
    List<MissingSamples> missing,
    CostFigures costs) {

  /** Returns whether enough is measured and the gain is as significant and large as required. */
  boolean isProven() {
    return isMeasured() && isReached();
  }

  private boolean isReached() {
    return isSignificant()
        && comparison.difference() >= minimum()
        && (!policy.provenGain() || gain.provenAtLeast() >= minimum());
  }

  /** Returns whether the tuned model is significantly better than every baseline. */
  boolean isSignificant() {
    return gain.aboveEveryBaseline() && gain.pValue() <= policy.significanceLevel();
  }

  /** Returns whether the gain cannot be as large as the policy requires. */
  boolean isHopeless() {
    return isMeasured() && isOutOfReach();
  }

  private boolean isOutOfReach() {
    return gain.interval().high() < minimum();
  }

  /** Returns whether the samples that were compared settle the question. */
  boolean isSettled() {
    return isReached() || isOutOfReach();
  }

  /** Returns the alternatives of which more samples have no grade than the policy allows. */
  List<MissingSamples> tooManyMissing() {
    return missing.stream().filter(it -> it.share() > policy.maximumMissingShare()).toList();
  }

  private boolean isMeasured() {
    return tooManyMissing().isEmpty() && comparison.pairs() > 0;
  }

  double minimum() {
    return policy.minimumGainPoints() / 100;
  }

  Evidence withTestExamplesNeeded() {
    if (isSettled()) {
      return this;
    }
    OptionalLong needed =
        comparison.examplesToSettle(
            new Settling(
                minimum(),
                policy.significanceLevel(),
                1 - gain.interval().level(),
                policy.provenGain()));
    return needed.isEmpty()
        ? this
        : with(gain.settledBy(Math.max(comparison.examples() + 1, needed.getAsLong())));
  }

  private Evidence with(Gain other) {
    return new Evidence(policy, comparison, other, others, slices, summaries, missing, costs);
  }

  Evidence withTunedTimes(DecisionDraft.Scenario scenario) {
    String tuned = comparison.candidate();
    return new Evidence(
        policy,
        comparison,
        gain,
        others,
        slices,
        summaries.stream()
            .map(it -> it.name().equals(tuned) ? it.times(scenario.factor()) : it)
            .toList(),
        missing,
        costs.withTunedTimes(tuned, scenario.factor()));
  }

  /**
   * The gain over all baselines. To be better than the best, a model must be better than each of
   * them, and so the p-value needs no correction for their number. But the best of many looks
   * better than it is, and so the interval holds for all of them together (Bonferroni).
   *
   * @param baselines the number of baselines
   * @param aboveEveryBaseline whether the tuned model has the highest mean in every comparison
   * @param pValue the largest of the p-values against all baselines
   * @param interval the interval of the gain over the best baseline
   * @param provenAtLeast the least lower end of all intervals at the policy's level
   * @param testExamplesNeeded the total number of test examples that would settle the question;
   *     empty if it is settled, it lacks more than examples, or no realistic number would
   */
  record Gain(
      int baselines,
      boolean aboveEveryBaseline,
      double pValue,
      Interval interval,
      double provenAtLeast,
      OptionalLong testExamplesNeeded) {

    static Gain of(DecisionPolicy policy, Comparison best, List<Comparison> all) {
      double level = 1 - policy.significanceLevel();
      return new Gain(
          all.size(),
          all.stream().allMatch(it -> it.difference() > 0),
          all.stream().mapToDouble(Comparison::pValue).max().orElse(1),
          best.interval(1 - (1 - Interval.USUAL_LEVEL) / all.size()),
          policy.provenGain()
              ? all.stream().mapToDouble(it -> it.interval(level).low()).min().orElse(-1)
              : best.interval().low(),
          OptionalLong.empty());
    }

    private Gain settledBy(long examples) {
      return new Gain(
          baselines,
          aboveEveryBaseline,
          pValue,
          interval,
          provenAtLeast,
          OptionalLong.of(examples));
    }
  }
}
