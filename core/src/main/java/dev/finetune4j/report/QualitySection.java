package dev.finetune4j.report;

import dev.finetune4j.decision.AlternativeSummary;
import dev.finetune4j.decision.Decision;
import dev.finetune4j.evaluation.Comparison;
import dev.finetune4j.evaluation.EvaluationReport;
import dev.finetune4j.evaluation.Score;
import dev.finetune4j.evaluation.Slice;
import dev.finetune4j.evaluation.agreement.JudgeCalibration;
import dev.finetune4j.internal.page.Block;
import dev.finetune4j.internal.page.DotChart;
import dev.finetune4j.internal.page.Page;
import dev.finetune4j.workflow.WorkflowResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The quality of the answers, overall and by slice, and how well judges agree with people. */
final class QualitySection {
  private static final List<String> COLUMNS =
      List.of("Alternative", "Grader", "#Passed", "#Mean score", "#95 % interval", "#Failed");

  private static final int MAXIMUM_SLICES = 60;

  private QualitySection() {}

  static Page.Section of(Decision decision, List<EvaluationReport> reports) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block.Figure(chart(decision)));
    blocks.add(new Block.Paragraph(sentence(decision)));
    if (reports.stream().anyMatch(report -> report.unanswered() > 0 || report.failures() > 0)) {
      blocks.add(
          new Block.Paragraph(
              "The comparison leaves out samples without a grade. The table and the chart count"
                  + " them as not passed."));
    }
    blocks.add(new Block.Table(COLUMNS, rows(reports)));
    return new Page.Section("Quality", blocks);
  }

  /** Returns all evaluation reports, the tuned model's last. */
  static List<EvaluationReport> reports(WorkflowResult result) {
    return Stream.concat(result.baselineReports().stream(), Stream.of(result.tunedReport()))
        .toList();
  }

  private static DotChart chart(Decision decision) {
    String tuned = decision.comparison().candidate();
    List<AlternativeSummary> best = BestFew.of(decision);
    List<DotChart.Row> rows =
        best.stream().map(summary -> row(summary, summary.name().equals(tuned))).toList();
    String description =
        best.stream()
            .map(summary -> summary.name() + " " + score(summary.score()))
            .collect(Collectors.joining("; ", "Score with its 95 % interval: ", "."));
    return new DotChart(
        "Score by \"" + decision.policy().grader() + "\"" + BestFew.note(decision),
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

  private static String sentence(Decision decision) {
    Comparison comparison = decision.comparison();
    if (comparison.pairs() == 0) {
      return "No sample has a grade on both sides, so nothing was compared.";
    }
    return String.format(
        Locale.ROOT,
        "%s compared with %s, sample by sample: better on %d, worse on %d, equal on %d of %d. The"
            + " %s"
            + " differs by %s points (95 %% interval %s%s), p %s by the %s.",
        comparison.candidate(),
        comparison.baseline(),
        comparison.improved(),
        comparison.worsened(),
        comparison.pairs() - comparison.improved() - comparison.worsened(),
        comparison.pairs(),
        comparison.measure(),
        Numbers.points(comparison.difference()),
        Numbers.range(decision.interval()),
        corrected(decision),
        Numbers.probability(decision.pValue()),
        comparison.test());
  }

  /** Returns what to say after the interval of the gain, if it holds for several baselines. */
  static String corrected(Decision decision) {
    int baselines = decision.alternatives().size() - 1;
    return baselines > 1 ? ", corrected for " + baselines + " baselines" : "";
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

  static Page.Section ofSlices(List<Slice> slices) {
    Comparison first = slices.get(0).comparison();
    String intro =
        "\"%s\" compared with \"%s\" by \"%s\" on each slice of the test data. The p-values are"
                .formatted(first.candidate(), first.baseline(), first.grader())
            + " corrected for %s; small slices show little.%s"
                .formatted(
                    Numbers.count(slices.size(), "slice"),
                    slices.size() > MAXIMUM_SLICES
                        ? " The first " + MAXIMUM_SLICES + " are shown."
                        : "");
    return new Page.Section(
        "Slices of the test data",
        List.of(
            new Block.Paragraph(intro),
            new Block.Table(
                List.of(
                    "Slice", "#Samples", "#Candidate", "#Baseline", "#Difference", "#Corrected p"),
                slices.stream().limit(MAXIMUM_SLICES).map(QualitySection::row).toList())));
  }

  private static List<String> row(Slice slice) {
    Comparison comparison = slice.comparison();
    return List.of(
        slice.title(),
        Numbers.whole(comparison.pairs()),
        score(slice.candidate()),
        score(slice.baseline()),
        Numbers.points(comparison.difference()) + " (" + Numbers.range(comparison.interval()) + ")",
        Numbers.probability(comparison.adjustedPValue()));
  }

  private static String score(Score score) {
    return Numbers.percent(score.mean()) + " (" + Numbers.range(score.meanInterval()) + ")";
  }

  static Page.Section ofJudges(Map<String, JudgeCalibration> calibrations) {
    List<List<String>> rows =
        calibrations.entrySet().stream().map(each -> row(each.getKey(), each.getValue())).toList();
    return new Page.Section(
        "Judges compared with people",
        List.of(
            new Block.Paragraph(
                "A judge's scores are only as reliable as its agreement with people who graded"
                    + " the same answers. Kappa corrects for chance: 1 is perfect, 0 is chance."),
            new Block.Table(
                List.of(
                    "Judge",
                    "#Answers",
                    "#Agreement",
                    "#Kappa",
                    "#Rank correlation",
                    "#Wrongly passed",
                    "#Wrongly failed",
                    "#No grade"),
                rows)));
  }

  private static List<String> row(String name, JudgeCalibration calibration) {
    return List.of(
        name,
        Numbers.whole(calibration.cases().size()),
        Numbers.percent(calibration.agreement())
            + " ("
            + Numbers.range(calibration.agreementInterval())
            + ")",
        Numbers.decimal(calibration.kappa()),
        Numbers.decimal(calibration.spearman()),
        Numbers.whole(calibration.wronglyPassed()),
        Numbers.whole(calibration.wronglyFailed()),
        Numbers.whole(calibration.ungraded()));
  }
}
