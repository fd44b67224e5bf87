package dev.finetune4j.report;

import dev.finetune4j.decision.AlternativeSummary;
import dev.finetune4j.evaluation.EvaluationReport;
import dev.finetune4j.internal.page.BarChart;
import dev.finetune4j.internal.page.Block;
import dev.finetune4j.internal.page.Page;
import dev.finetune4j.workflow.WorkflowResult;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a request takes with each alternative: tokens, time, money. */
final class EffortSection {
  private static final List<String> COLUMNS =
      List.of(
          "Alternative",
          "#Question tokens",
          "#Answer tokens",
          "#Median time",
          "#p90 time",
          "#Per 1,000 requests");

  private EffortSection() {}

  static Page.Section of(WorkflowResult result) {
    List<AlternativeSummary> alternatives = result.decision().alternatives();
    List<Block> blocks = new ArrayList<>();
    if (alternatives.stream().anyMatch(summary -> summary.tokensPerRequest() > 0)) {
      blocks.add(new Block.Figure(chart(alternatives)));
    } else {
      blocks.add(new Block.Paragraph("The models did not report the tokens that they used."));
    }
    blocks.add(
        new Block.Table(
            COLUMNS,
            QualitySection.reports(result).stream().map(report -> row(result, report)).toList()));
    return new Page.Section("Tokens and time per request", blocks);
  }

  private static BarChart chart(List<AlternativeSummary> alternatives) {
    String description =
        alternatives.stream()
            .map(summary -> summary.name() + " " + Numbers.whole(summary.tokensPerRequest()))
            .collect(Collectors.joining("; ", "Tokens of question and answer together: ", "."));
    return new BarChart(
        "Tokens per request",
        description,
        "question",
        "answer",
        alternatives.stream()
            .map(
                summary ->
                    new BarChart.Row(
                        summary.name(), summary.promptTokens(), summary.completionTokens()))
            .toList());
  }

  private static List<String> row(WorkflowResult result, EvaluationReport report) {
    return List.of(
        report.name(),
        Numbers.whole(report.meanPromptTokens()),
        Numbers.whole(report.meanCompletionTokens()),
        Numbers.duration(report.medianLatency()),
        Numbers.duration(report.latency(0.9)),
        Numbers.money(
            result
                .decision()
                .findAlternative(report.name())
                .flatMap(AlternativeSummary::perThousandRequests)));
  }
}
