package dev.finetune4j.decision;

import dev.finetune4j.decision.Reason.Weight;
import dev.finetune4j.evaluation.Comparison;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** Sets the verdict and adds the reasons about the measured gain. */
final class QualityAnalysis {
  private final DecisionDraft draft;
  private final Evidence evidence;

  QualityAnalysis(DecisionDraft draft) {
    this.draft = draft;
    evidence = draft.evidence;
  }

  /** Sets the verdict and inserts the reasons about quality before the existing ones. */
  void judge(boolean forbidden) {
    List<Reason> limits = new ArrayList<>(draft.reasons);
    draft.reasons.clear();
    boolean proven = evidence.isProven();
    boolean hopeless = evidence.isHopeless();
    if (forbidden || hopeless) {
      draft.verdict = Verdict.KEEP_BASELINE;
    } else {
      draft.verdict = proven ? Verdict.FINE_TUNE : Verdict.NOT_ENOUGH_EVIDENCE;
    }
    explainGain(proven ? Weight.FOR : hopeless ? Weight.AGAINST : Weight.NEUTRAL);
    explainChance(evidence.isSignificant());
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
            "%s scores %s on %d test samples and the best baseline, %s, scores %s: a %s of %s"
                + " points (95 %% interval %s to %s).",
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
            significant ? "this is unlikely to be chance" : "this could be chance",
            Figures.probability(comparison.pValue()),
            comparison.test(),
            evidence.policy().significanceLevel()),
        "comparison.pValue = " + Figures.exact(comparison.pValue()));
  }

  private void explainMinimum(boolean proven, boolean hopeless) {
    String figure = "policy.minimumGainPoints = " + evidence.policy().minimumGainPoints();
    String minimum =
        String.format(Locale.ROOT, "%.1f points", evidence.policy().minimumGainPoints());
    if (proven) {
      draft.add(Weight.FOR, "The policy requires a gain of at least " + minimum + ".", figure);
    } else if (hopeless) {
      draft.add(
          Weight.AGAINST,
          "Even the upper end of the interval is below the "
              + minimum
              + " that the policy requires.",
          figure);
    } else {
      draft.add(Weight.NEUTRAL, needed(minimum), figure);
    }
  }

  /**
   * Returns how many examples would settle the question: detect the observed gain if it reaches the
   * minimum, otherwise distinguish it from the minimum. Empty if the question is settled or no
   * realistic number would settle it.
   */
  static OptionalLong settling(Evidence evidence) {
    if (evidence.isProven() || evidence.isHopeless()) {
      return OptionalLong.empty();
    }
    Comparison comparison = evidence.comparison();
    double seen = comparison.difference();
    double minimum = evidence.minimum();
    double effect = seen >= minimum && seen > 0 ? seen : minimum - seen;
    OptionalLong needed =
        comparison.examplesToDetect(effect, evidence.policy().significanceLevel());
    return needed.isEmpty()
        ? needed
        : OptionalLong.of(Math.max(comparison.examples() + 1, needed.getAsLong()));
  }

  private String needed(String minimum) {
    String open = "The interval does not show whether the gain reaches " + minimum + "; ";
    if (evidence.testExamplesNeeded().isEmpty()) {
      return open + "no realistic number of test examples would settle it.";
    }
    long needed = evidence.testExamplesNeeded().getAsLong();
    return open
        + "about %s test examples would probably settle it (%s more)."
            .formatted(Figures.whole(needed), Figures.whole(needed - draft.comparison.examples()));
  }
}
