package dev.finetune4j.decision;

import dev.finetune4j.decision.Reason.Weight;
import dev.finetune4j.evaluation.Comparison;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** Says whether the measured gain is there, is not, or cannot be told yet. */
final class Evidence {
  private final DecisionPolicy policy;

  Evidence(DecisionPolicy policy) {
    this.policy = policy;
  }

  /** Sets the verdict and puts the reasons of quality before those already there. */
  void judge(Decision.Draft draft, boolean forbidden) {
    List<Reason> limits = new ArrayList<>(draft.reasons);
    draft.reasons.clear();
    Comparison comparison = draft.comparison;
    double minimum = policy.minimumGainPoints() / 100;
    boolean significant = comparison.pValue() <= policy.significanceLevel();
    boolean proven =
        significant && comparison.difference() > 0 && comparison.difference() >= minimum;
    boolean hopeless = comparison.interval().high() < minimum;
    if (forbidden || hopeless) {
      draft.verdict = Verdict.KEEP_BASELINE;
    } else {
      draft.verdict = proven ? Verdict.FINE_TUNE : Verdict.NOT_ENOUGH_EVIDENCE;
    }
    explainGain(draft, proven ? Weight.FOR : hopeless ? Weight.AGAINST : Weight.NEUTRAL);
    explainChance(draft, significant);
    explainMinimum(draft, proven, hopeless);
    draft.reasons.addAll(limits);
  }

  private static void explainGain(Decision.Draft draft, Weight weight) {
    Comparison comparison = draft.comparison;
    double gain = comparison.difference();
    draft.add(
        weight,
        String.format(
            Locale.ROOT,
            "%s scores %s on %d test samples, the best baseline, %s, %s: a %s of %s points (95 %%"
                + " interval %s to %s).",
            comparison.candidate(),
            Figures.percent(draft.summary(comparison.candidate()).score().mean()),
            comparison.pairs(),
            comparison.baseline(),
            Figures.percent(draft.summary(comparison.baseline()).score().mean()),
            gain < 0 ? "difference" : "gain",
            Figures.points(gain),
            Figures.points(comparison.interval().low()),
            Figures.points(comparison.interval().high())),
        "comparison.difference = " + Figures.plain(gain));
  }

  private void explainChance(Decision.Draft draft, boolean significant) {
    Comparison comparison = draft.comparison;
    draft.add(
        significant && comparison.difference() > 0 ? Weight.FOR : Weight.NEUTRAL,
        String.format(
            Locale.ROOT,
            "It did better on %d samples and worse on %d; %s (p %s, %s, level %s).",
            comparison.improved(),
            comparison.worsened(),
            significant ? "chance alone hardly does that" : "chance alone could do that",
            Figures.probability(comparison.pValue()),
            comparison.test(),
            policy.significanceLevel()),
        "comparison.pValue = " + Figures.exact(comparison.pValue()));
  }

  private void explainMinimum(Decision.Draft draft, boolean proven, boolean hopeless) {
    String figure = "policy.minimumGainPoints = " + policy.minimumGainPoints();
    String minimum = String.format(Locale.ROOT, "%.1f points", policy.minimumGainPoints());
    if (proven) {
      draft.add(Weight.FOR, "The policy asks for a gain of at least " + minimum + ".", figure);
    } else if (hopeless) {
      draft.add(
          Weight.AGAINST,
          "Even the upper end of the interval is below the "
              + minimum
              + " that the policy asks for.",
          figure);
    } else {
      draft.testExamplesNeeded = settling(draft.comparison);
      draft.add(Weight.NEUTRAL, needed(draft, minimum), figure);
    }
  }

  /**
   * Returns the examples that would settle the question: find a gain as large as the one seen if it
   * is at least the minimum, else tell the one seen from the minimum.
   */
  private OptionalLong settling(Comparison comparison) {
    double seen = comparison.difference();
    double minimum = policy.minimumGainPoints() / 100;
    double effect = seen >= minimum && seen > 0 ? seen : minimum - seen;
    OptionalLong needed = comparison.examplesToDetect(effect, policy.significanceLevel());
    return needed.isEmpty()
        ? needed
        : OptionalLong.of(Math.max(comparison.examples() + 1, needed.getAsLong()));
  }

  private static String needed(Decision.Draft draft, String minimum) {
    String open = "The interval leaves open whether the gain reaches " + minimum + "; ";
    if (draft.testExamplesNeeded.isEmpty()) {
      return open + "no realistic number of test examples would settle it.";
    }
    long needed = draft.testExamplesNeeded.getAsLong();
    return open
        + "about "
        + Figures.whole(needed)
        + " test examples would probably settle it ("
        + Figures.whole(needed - draft.comparison.examples())
        + " more).";
  }
}
