package dev.finetune4j.report;

import dev.finetune4j.decision.AlternativeSummary;
import dev.finetune4j.decision.Decision;
import dev.finetune4j.evaluation.Comparison;
import dev.finetune4j.evaluation.EvaluationReport;
import dev.finetune4j.evaluation.Score;
import dev.finetune4j.internal.page.Block;
import dev.finetune4j.internal.page.DotChart;
import dev.finetune4j.internal.page.Page;
import dev.finetune4j.workflow.WorkflowResult;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How well every alternative answers, with the uncertainty. */
final class QualitySection {
  private static final List<String> COLUMNS =
      List.of("Alternative", "Grader", "#Passed", "#Mean score", "#95 % interval", "#Failed");

  private QualitySection() {}

  static Page.Section of(Decision decision, List<EvaluationReport> reports) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block.Figure(chart(decision)));
    blocks.add(new Block.Paragraph(sentence(decision.comparison())));
    blocks.add(new Block.Table(COLUMNS, rows(reports)));
    return new Page.Section("Quality", blocks);
  }

  /** Returns all evaluations, the tuned model's last. */
  static List<EvaluationReport> reports(WorkflowResult result) {
    return Stream.concat(result.baselineReports().stream(), Stream.of(result.tunedReport()))
        .toList();
  }

  private static DotChart chart(Decision decision) {
    String tuned = decision.comparison().candidate();
    List<DotChart.Row> rows =
        decision.alternatives().stream()
            .map(summary -> row(summary, summary.name().equals(tuned)))
            .toList();
    String description =
        decision.alternatives().stream()
            .map(
                summary ->
                    summary.name()
                        + " "
                        + Numbers.percent(summary.score().mean())
                        + " ("
                        + Numbers.range(summary.score().meanInterval())
                        + ")")
            .collect(Collectors.joining("; ", "Score with its 95 % interval: ", "."));
    return new DotChart(
        "Score by \"" + decision.policy().grader() + "\"",
        description,
        decision.comparison().isPassOrFail() ? "share of test samples that passed" : "mean score",
        rows);
  }

  private static DotChart.Row row(AlternativeSummary summary, boolean tuned) {
    Score score = summary.score();
    return new DotChart.Row(
        summary.name(),
        Numbers.percent(score.mean()),
        score.mean(),
        Math.max(0, score.meanInterval().low()),
        Math.min(1, score.meanInterval().high()),
        tuned);
  }

  private static String sentence(Comparison comparison) {
    return comparison.candidate()
        + " against "
        + comparison.baseline()
        + ", sample by sample: better on "
        + comparison.improved()
        + ", worse on "
        + comparison.worsened()
        + ", alike on "
        + (comparison.pairs() - comparison.improved() - comparison.worsened())
        + " of "
        + comparison.pairs()
        + ". The "
        + comparison.measure()
        + " differs by "
        + Numbers.points(comparison.difference())
        + " points (95 % interval "
        + Numbers.range(comparison.interval())
        + "), p "
        + Numbers.probability(comparison.pValue())
        + " by the "
        + comparison.test()
        + ".";
  }

  private static List<List<String>> rows(List<EvaluationReport> reports) {
    return reports.stream()
        .flatMap(report -> report.scores().stream().map(score -> row(report, score)))
        .toList();
  }

  private static List<String> row(EvaluationReport report, Score score) {
    return List.of(
        report.name(),
        score.grader(),
        Math.round(score.passRate() * score.samples()) + " of " + score.samples(),
        Numbers.percent(score.mean()),
        Numbers.range(score.meanInterval()),
        String.valueOf(score.failures()));
  }
}
