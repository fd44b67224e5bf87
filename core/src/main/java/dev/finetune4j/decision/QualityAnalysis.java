package dev.finetune4j.decision;

import dev.finetune4j.decision.Reason.Weight;
import dev.finetune4j.evaluation.Comparison;
import dev.finetune4j.evaluation.MissingSamples;
import dev.finetune4j.evaluation.SamplePair;
import dev.finetune4j.evaluation.SampleResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

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
    explainMissing();
    explainGain(proven ? Weight.FOR : hopeless ? Weight.AGAINST : Weight.NEUTRAL);
    explainChance(evidence.isSignificant());
    explainMinimum(proven, hopeless);
    explainRepeatedTags();
    draft.reasons.addAll(limits);
  }

  private void explainMissing() {
    for (MissingSamples missing : evidence.missing()) {
      if (missing.count() > 0) {
        boolean tooMany = evidence.tooManyMissing().contains(missing);
        String sentence =
            String.format(
                Locale.ROOT,
                "%d of %d samples of %s (%s) have no grade and are not compared%s: %s",
                missing.count(),
                missing.samples(),
                missing.alternative(),
                Figures.percent(missing.share()),
                tooMany
                    ? "; with more than %s there is no verdict on quality"
                        .formatted(Figures.percent(evidence.policy().maximumMissingShare()))
                    : "",
                missing.reasons());
        String figure =
            "missing[" + missing.alternative() + "].share = " + Figures.plain(missing.share());
        if (tooMany && draft.verdict == Verdict.NOT_ENOUGH_EVIDENCE) {
          draft.decide(Weight.NEUTRAL, sentence, figure);
        } else {
          draft.add(Weight.NEUTRAL, sentence, figure);
        }
      }
    }
  }

  private void explainGain(Weight weight) {
    Comparison comparison = draft.comparison;
    if (comparison.pairs() == 0) {
      draft.add(
          Weight.NEUTRAL,
          "No sample has a grade on both sides, so nothing was compared.",
          "comparison.pairs = 0");
      return;
    }
    int baselines = evidence.gain().baselines();
    double gain = comparison.difference();
    draft.add(
        weight,
        String.format(
            Locale.ROOT,
            "%s scores %s on %d test samples and the best baseline, %s, scores %s: a %s of %s"
                + " points (95 %% interval %s to %s%s).",
            comparison.candidate(),
            Figures.percent(comparison.candidateMean()),
            comparison.pairs(),
            comparison.baseline(),
            Figures.percent(comparison.baselineMean()),
            gain < 0 ? "difference" : "gain",
            Figures.points(gain),
            Figures.points(evidence.gain().interval().low()),
            Figures.points(evidence.gain().interval().high()),
            baselines > 1 ? ", corrected for " + baselines + " baselines" : ""),
        "comparison.difference = " + Figures.plain(gain));
  }

  private void explainChance(boolean significant) {
    Comparison comparison = draft.comparison;
    if (comparison.pairs() == 0) {
      return;
    }
    draft.add(
        significant && comparison.difference() > 0 ? Weight.FOR : Weight.NEUTRAL,
        String.format(
            Locale.ROOT,
            "It did better on %d samples and worse on %d; %s (p %s, %s, level %s).",
            comparison.improved(),
            comparison.worsened(),
            significant ? "this is unlikely to be chance" : "this could be chance",
            Figures.probability(evidence.gain().pValue()),
            comparison.test(),
            evidence.policy().significanceLevel()),
        "comparison.pValue = " + Figures.exact(evidence.gain().pValue()));
  }

  private void explainMinimum(boolean proven, boolean hopeless) {
    String figure = "policy.minimumGainPoints = " + evidence.policy().minimumGainPoints();
    String minimum =
        String.format(Locale.ROOT, "%.1f points", evidence.policy().minimumGainPoints());
    if (proven) {
      String how = evidence.policy().provenGain() ? ", proven by the interval." : ".";
      draft.add(Weight.FOR, "The policy requires a gain of at least " + minimum + how, figure);
    } else if (hopeless) {
      draft.decide(
          Weight.AGAINST,
          "Even the upper end of the interval is below the "
              + minimum
              + " that the policy requires.",
          figure);
    } else if (draft.verdict == Verdict.NOT_ENOUGH_EVIDENCE) {
      draft.decide(Weight.NEUTRAL, needed(minimum), figure);
    } else {
      draft.add(Weight.NEUTRAL, needed(minimum), figure);
    }
  }

  /** Warns of tags whose values repeat although samples count as independent. */
  private void explainRepeatedTags() {
    List<SampleResult> samples =
        draft.comparison.samplePairs().stream().map(SamplePair::candidate).toList();
    DecisionPolicy policy = evidence.policy();
    long examples = draft.comparison.examples();
    samples.stream()
        .flatMap(sample -> sample.tags().keySet().stream())
        .distinct()
        .filter(tag -> !policy.clusterTag().equals(Optional.of(tag)))
        .filter(tag -> policy.mustNotRegressOn().stream().noneMatch(it -> it.name().equals(tag)))
        .forEach(
            tag -> {
              long values = samples.stream().map(it -> it.tags().get(tag)).distinct().count();
              if (values > 1 && values < examples) {
                draft.add(
                    Weight.NEUTRAL,
                    ("The tag \"%s\" has only %d values for %d examples, which are counted as"
                            + " independent. If examples of one %s are alike, chance finds a gain"
                            + " too often: name the tag with clusteredBy(\"%s\").")
                        .formatted(tag, values, examples, tag, tag),
                    "tags[" + tag + "].values = " + values);
              }
            });
  }

  private String needed(String minimum) {
    if (!evidence.tooManyMissing().isEmpty() && evidence.isSettled()) {
      return "Whether the gain reaches "
          + minimum
          + " is open until the missing samples are answered: see the reasons above.";
    } else if (draft.comparison.pairs() == 0) {
      return "Nothing was measured that shows whether the gain reaches " + minimum + ".";
    }
    String open = "The interval does not show whether the gain reaches " + minimum + "; ";
    if (evidence.gain().testExamplesNeeded().isEmpty()) {
      return open + "no realistic number of test examples would settle it.";
    }
    long needed = evidence.gain().testExamplesNeeded().getAsLong();
    return open
        + "about %s test examples would probably settle it (%s more)."
            .formatted(Figures.whole(needed), Figures.whole(needed - draft.comparison.examples()));
  }
}
