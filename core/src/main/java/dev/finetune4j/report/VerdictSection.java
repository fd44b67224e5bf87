package dev.finetune4j.report;

import dev.finetune4j.decision.AlternativeSummary;
import dev.finetune4j.decision.Decision;
import dev.finetune4j.decision.Reason;
import dev.finetune4j.evaluation.Comparison;
import dev.finetune4j.evaluation.MissingSamples;
import dev.finetune4j.grading.Grade;
import dev.finetune4j.internal.page.Block;
import dev.finetune4j.internal.page.Page;
import dev.finetune4j.workflow.StepDuration;
import dev.finetune4j.workflow.WorkflowResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** The verdict, the key figures and the reasons. */
final class VerdictSection {
  private static final int MOST_REASONS = 3;

  private VerdictSection() {}

  static Page.Section of(WorkflowResult result) {
    List<Block.KeyFigure> spent =
        List.of(
            new Block.KeyFigure(
                "Cost",
                Numbers.money(CostSection.spent(result)),
                "forecast " + Numbers.money(CostSection.forecast(result))),
            new Block.KeyFigure(
                "Time",
                Numbers.duration(
                    result.durations().stream()
                        .map(StepDuration::duration)
                        .reduce(Duration.ZERO, Duration::plus)),
                "the whole run"));
    return of(result.decision(), spent);
  }

  static Page.Section of(Decision decision, List<Block.KeyFigure> more) {
    List<Block.KeyFigure> figures = keyFigures(decision);
    figures.addAll(more);
    List<Block> blocks = new ArrayList<>();
    blocks.add(banner(decision));
    blocks.add(new Block.KeyFigures(figures));
    blocks.add(new Block.Bullets(decision.reasons().stream().map(VerdictSection::bullet).toList()));
    missing(decision).ifPresent(blocks::add);
    return new Page.Section("", blocks);
  }

  /** Returns how many samples have no grade, by alternative and reason. */
  private static Optional<Block> missing(Decision decision) {
    List<List<String>> rows = new ArrayList<>();
    for (MissingSamples alternative : decision.missing()) {
      alternative.byReason().entrySet().stream()
          .limit(MOST_REASONS)
          .forEach(it -> rows.add(row(alternative, it.getKey(), it.getValue())));
      long shown =
          alternative.byReason().values().stream()
              .limit(MOST_REASONS)
              .mapToLong(Long::longValue)
              .sum();
      if (shown < alternative.count()) {
        rows.add(row(alternative, "other reasons", alternative.count() - shown));
      }
    }
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Block.Table(
                List.of("Samples without a grade", "Reason", "#Samples", "#Share"), rows));
  }

  private static List<String> row(MissingSamples alternative, String reason, long count) {
    return List.of(
        alternative.alternative(),
        Grade.excerpt(reason),
        Numbers.whole(count),
        Numbers.percent((double) count / alternative.samples()));
  }

  private static Block.Banner banner(Decision decision) {
    String chosen = decision.chosen();
    String tuned = decision.comparison().candidate();
    return switch (decision.verdict()) {
      case FINE_TUNE ->
          new Block.Banner(
              Block.Tone.GOOD,
              "Yes: use the tuned model.",
              "\"%s\" is better than the best baseline, \"%s\", by more than chance."
                  .formatted(tuned, decision.comparison().baseline()));
      case KEEP_BASELINE ->
          new Block.Banner(Block.Tone.BAD, "No: keep \"" + chosen + "\".", why(decision));
      case NOT_ENOUGH_EVIDENCE ->
          new Block.Banner(
              Block.Tone.PLAIN,
              tooManyMissing(decision).isEmpty() || decision.testExamplesNeeded().isPresent()
                  ? "Undecided: the test data are not sufficient."
                  : "Undecided: too many samples have no grade.",
              "Until there is more evidence, keep \"%s\".%s%s"
                  .formatted(chosen, tooManyMissing(decision), needed(decision)));
    };
  }

  /** Returns the first of the reasons that give the verdict. */
  private static String why(Decision decision) {
    return decision.decidingReasons().stream()
        .map(Reason::sentence)
        .limit(MOST_REASONS)
        .collect(Collectors.joining(" "));
  }

  /** Returns a sentence for each alternative with more missing samples than the policy allows. */
  private static String tooManyMissing(Decision decision) {
    return decision.missing().stream()
        .filter(it -> it.share() > decision.policy().maximumMissingShare())
        .limit(MOST_REASONS)
        .map(
            it ->
                " %d of %d samples of \"%s\" have no grade: %s"
                    .formatted(it.count(), it.samples(), it.alternative(), it.reasons()))
        .map(sentence -> sentence.endsWith(".") ? sentence : sentence + ".")
        .collect(Collectors.joining());
  }

  private static String needed(Decision decision) {
    OptionalLong needed = decision.testExamplesNeeded();
    return needed.isEmpty()
        ? ""
        : " About %s test examples in total would probably settle the question."
            .formatted(Numbers.whole(needed.getAsLong()));
  }

  private static List<Block.KeyFigure> keyFigures(Decision decision) {
    Comparison comparison = decision.comparison();
    List<Block.KeyFigure> figures = new ArrayList<>();
    figures.add(
        quality("Tuned model", decision, comparison.candidate(), comparison.candidateMean()));
    figures.add(
        quality("Best baseline", decision, comparison.baseline(), comparison.baselineMean()));
    figures.add(
        comparison.pairs() == 0
            ? new Block.KeyFigure("Gain", "not measured", "no sample has a grade on both sides")
            : new Block.KeyFigure(
                "Gain",
                Numbers.points(comparison.difference()) + " points",
                Numbers.range(decision.interval())
                    + QualitySection.corrected(decision)
                    + ", p "
                    + Numbers.probability(decision.pValue())));
    return figures;
  }

  /** Returns the mean of the samples that are compared, as in the reasons. */
  private static Block.KeyFigure quality(
      String label, Decision decision, String name, double mean) {
    long compared = decision.comparison().pairs();
    AlternativeSummary summary = decision.findAlternative(name).orElseThrow();
    return new Block.KeyFigure(
        label,
        compared == 0 ? "not measured" : Numbers.percent(mean),
        compared == summary.score().samples()
            ? name + ", " + Numbers.range(summary.score().meanInterval())
            : name + ", " + compared + " of " + summary.score().samples() + " samples compared");
  }

  private static Block.Bullet bullet(Reason reason) {
    return switch (reason.weight()) {
      case FOR -> new Block.Bullet(Block.Tone.GOOD, "For", reason.sentence(), reason.figure());
      case AGAINST ->
          new Block.Bullet(Block.Tone.BAD, "Against", reason.sentence(), reason.figure());
      case NEUTRAL ->
          new Block.Bullet(Block.Tone.PLAIN, "Note", reason.sentence(), reason.figure());
    };
  }
}
