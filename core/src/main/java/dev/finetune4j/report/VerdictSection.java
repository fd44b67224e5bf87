package dev.finetune4j.report;

import dev.finetune4j.decision.AlternativeSummary;
import dev.finetune4j.decision.Decision;
import dev.finetune4j.decision.Reason;
import dev.finetune4j.evaluation.Comparison;
import dev.finetune4j.internal.page.Block;
import dev.finetune4j.internal.page.Page;
import dev.finetune4j.workflow.StepDuration;
import dev.finetune4j.workflow.WorkflowResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** The verdict, the key figures and the reasons. */
final class VerdictSection {
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
    return new Page.Section(
        "",
        List.of(
            banner(decision),
            new Block.KeyFigures(figures),
            new Block.Bullets(decision.reasons().stream().map(VerdictSection::bullet).toList())));
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
          new Block.Banner(
              Block.Tone.BAD,
              "No: keep \"" + chosen + "\".",
              "The tuned model does not meet the policy.");
      case NOT_ENOUGH_EVIDENCE ->
          new Block.Banner(
              Block.Tone.PLAIN,
              "Undecided: the test data are not sufficient.",
              "Until there is more evidence, keep \"%s\".%s".formatted(chosen, needed(decision)));
    };
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
    figures.add(quality("Tuned model", decision, comparison.candidate()));
    figures.add(quality("Best baseline", decision, comparison.baseline()));
    figures.add(
        new Block.KeyFigure(
            "Gain",
            Numbers.points(comparison.difference()) + " points",
            Numbers.range(comparison.interval())
                + ", p "
                + Numbers.probability(comparison.pValue())));
    return figures;
  }

  private static Block.KeyFigure quality(String label, Decision decision, String name) {
    AlternativeSummary summary = decision.findAlternative(name).orElseThrow();
    return new Block.KeyFigure(
        label,
        Numbers.percent(summary.score().mean()),
        name + ", " + Numbers.range(summary.score().meanInterval()));
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
