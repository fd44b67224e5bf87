package dev.finetune4j.decision;

import dev.finetune4j.decision.Reason.Weight;
import dev.finetune4j.evaluation.Comparison;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** Says whether the measured gain is there, is not, or cannot be told yet. */
final class Evidence {
  private final Draft draft;
  private final Measured measured;

  Evidence(Draft draft) {
    this.draft = draft;
    measured = draft.measured;
  }

  /** Sets the verdict and puts the reasons of quality before those already there. */
  void judge(boolean forbidden) {
    List<Reason> limits = new ArrayList<>(draft.reasons);
    draft.reasons.clear();
    boolean proven = measured.isProven();
    boolean hopeless = measured.isHopeless();
    if (forbidden || hopeless) {
      draft.verdict = Verdict.KEEP_BASELINE;
    } else {
      draft.verdict = proven ? Verdict.FINE_TUNE : Verdict.NOT_ENOUGH_EVIDENCE;
    }
    explainGain(proven ? Weight.FOR : hopeless ? Weight.AGAINST : Weight.NEUTRAL);
    explainChance(measured.isSignificant());
    explainMinimum(proven, hopeless);
    draft.reasons.addAll(limits);
  }

  private void explainGain(Weight weight) {
    Comparison comparison = draft.comparison;
    double gain = comparison.difference();
    draft.add(
        weight,
        String.format(
            Locale.ROOT,
            "%s scores %s on %d test samples, the best baseline, %s, %s: a %s of %s points (95 %%"
                + " interval %s to %s).",
            comparison.candidate(),
            Figures.percent(draft.tuned().score().mean()),
            comparison.pairs(),
            comparison.baseline(),
            Figures.percent(draft.baseline().score().mean()),
            gain < 0 ? "difference" : "gain",
            Figures.points(gain),
            Figures.points(comparison.interval().low()),
            Figures.points(comparison.interval().high())),
        "comparison.difference = " + Figures.plain(gain));
  }

  private void explainChance(boolean significant) {
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
            measured.policy().significanceLevel()),
        "comparison.pValue = " + Figures.exact(comparison.pValue()));
  }

  private void explainMinimum(boolean proven, boolean hopeless) {
    String figure = "policy.minimumGainPoints = " + measured.policy().minimumGainPoints();
    String minimum =
        String.format(Locale.ROOT, "%.1f points", measured.policy().minimumGainPoints());
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
      draft.add(Weight.NEUTRAL, needed(minimum), figure);
    }
  }

  /**
   * Returns the examples that would settle the question: find a gain as large as the one seen if it
   * is at least the minimum, else tell the one seen from the minimum. Empty if it is settled, or
   * beyond any realistic number.
   */
  static OptionalLong settling(Measured measured) {
    if (measured.isProven() || measured.isHopeless()) {
      return OptionalLong.empty();
    }
    Comparison comparison = measured.comparison();
    double seen = comparison.difference();
    double minimum = measured.minimum();
    double effect = seen >= minimum && seen > 0 ? seen : minimum - seen;
    OptionalLong needed =
        comparison.examplesToDetect(effect, measured.policy().significanceLevel());
    return needed.isEmpty()
        ? needed
        : OptionalLong.of(Math.max(comparison.examples() + 1, needed.getAsLong()));
  }

  private String needed(String minimum) {
    String open = "The interval leaves open whether the gain reaches " + minimum + "; ";
    if (measured.testExamplesNeeded().isEmpty()) {
      return open + "no realistic number of test examples would settle it.";
    }
    long needed = measured.testExamplesNeeded().getAsLong();
    return open
        + "about "
        + Figures.whole(needed)
        + " test examples would probably settle it ("
        + Figures.whole(needed - draft.comparison.examples())
        + " more).";
  }
}
