package dev.finetune4j.report;

import dev.finetune4j.cost.Money;
import dev.finetune4j.decision.AlternativeSummary;
import dev.finetune4j.decision.BreakEven;
import dev.finetune4j.decision.Decision;
import dev.finetune4j.decision.Sensitivity;
import dev.finetune4j.evaluation.EvaluationReport;
import dev.finetune4j.internal.page.BarChart;
import dev.finetune4j.internal.page.Block;
import dev.finetune4j.internal.page.LineChart;
import dev.finetune4j.internal.page.Page;
import dev.finetune4j.internal.page.ScatterChart;
import dev.finetune4j.workflow.WorkflowResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Quality against cost, break-even, sensitivity of the verdict, and tokens and time per request.
 */
final class TradeOffSection {
  private static final int STEPS = 10;

  private static final List<String> REQUEST_COLUMNS =
      List.of(
          "Alternative",
          "#Prompt tokens",
          "#Completion tokens",
          "#Median time",
          "#p90 time",
          "#Per 1,000 requests");

  private TradeOffSection() {}

  static Page.Section of(Decision decision) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block.Figure(plot(decision)));
    blocks.add(
        new Block.Table(
            List.of(
                "Alternative",
                "#Tokens per request",
                "#Median time",
                "#Per 1,000",
                "#Fixed per month"),
            decision.alternatives().stream().map(TradeOffSection::row).toList()));
    breakEven(decision).ifPresent(chart -> blocks.add(new Block.Figure(chart)));
    blocks.add(sensitivity(decision.sensitivity()));
    return new Page.Section("Quality and cost", blocks);
  }

  private static ScatterChart plot(Decision decision) {
    List<AlternativeSummary> all = BestFew.of(decision);
    boolean priced = all.stream().allMatch(each -> each.perThousandRequests().isPresent());
    String tuned = decision.comparison().candidate();
    List<ScatterChart.Mark> marks =
        all.stream()
            .map(
                each ->
                    new ScatterChart.Mark(
                        each.name(),
                        priced ? price(each) : each.tokensPerRequest(),
                        each.score().mean(),
                        Math.max(0, each.score().meanInterval().low()),
                        Math.min(1, each.score().meanInterval().high()),
                        each.name().equals(tuned)))
            .toList();
    String unit = priced ? "price of 1,000 requests" : "tokens per request";
    String description =
        all.stream()
            .map(
                each ->
                    String.format(
                        "%s %s at %s",
                        each.name(),
                        Numbers.percent(each.score().mean()),
                        priced
                            ? Numbers.money(each.perThousandRequests())
                            : Numbers.whole(Math.round(each.tokensPerRequest())) + " tokens"))
            .collect(Collectors.joining("; ", "Higher is better, further left is cheaper: ", "."));
    String currency =
        priced ? " in " + all.get(0).perThousandRequests().orElseThrow().currency() : "";
    return new ScatterChart(
        "Score by \"" + decision.policy().grader() + "\" and " + unit + BestFew.note(decision),
        description,
        unit + currency,
        marks);
  }

  private static double price(AlternativeSummary summary) {
    return summary.perThousandRequests().map(it -> it.amount().doubleValue()).orElse(0.0);
  }

  private static List<String> row(AlternativeSummary summary) {
    return List.of(
        summary.name(),
        Numbers.whole(Math.round(summary.tokensPerRequest())),
        Numbers.duration(summary.medianLatency()),
        Numbers.money(summary.perThousandRequests()),
        summary.monthly().isPresent() ? Numbers.money(summary.monthly()) : "none given");
  }

  private static Optional<LineChart> breakEven(Decision decision) {
    Optional<BreakEven> known = decision.breakEven();
    Optional<AlternativeSummary> tuned =
        decision.findAlternative(decision.comparison().candidate());
    Optional<AlternativeSummary> base = decision.findAlternative(decision.comparison().baseline());
    if (known.isEmpty() || tuned.isEmpty() || base.isEmpty()) {
      return Optional.empty();
    }
    BreakEven breakEven = known.get();
    long expected = decision.policy().requestsPerMonth().orElse(10_000);
    long most = 2 * Math.max(expected, breakEven.requestsPerMonth().orElse(expected));
    List<LineChart.Point> before = new ArrayList<>();
    List<LineChart.Point> after = new ArrayList<>();
    for (int i = 0; i <= STEPS; i++) {
      long requests = most * i / STEPS;
      Optional<Money> old = base.get().perMonth(requests);
      if (old.isPresent()) {
        double cost = old.get().amount().doubleValue();
        double saving = breakEven.savingPerMonth(requests).amount().doubleValue();
        before.add(new LineChart.Point(requests, cost));
        after.add(new LineChart.Point(requests, cost - saving));
      }
    }
    String from =
        breakEven.requestsPerMonth().isPresent()
            ? "The tuned model is cheaper from "
                + Numbers.whole(breakEven.requestsPerMonth().getAsLong())
                + " requests a month."
            : "The tuned model is never cheaper.";
    return Optional.of(
        new LineChart(
            "Monthly cost in " + breakEven.fixedPerMonth().currency(),
            from
                + " This includes hosting and the one-time cost spread over "
                + Numbers.count(breakEven.months(), "month")
                + ".",
            "requests a month",
            List.of(
                new LineChart.Series(tuned.get().name(), LineChart.Stroke.SOLID, after),
                new LineChart.Series(base.get().name(), LineChart.Stroke.MARKED, before))));
  }

  private static Block sensitivity(Sensitivity sensitivity) {
    List<Sensitivity.Case> others = sensitivity.otherVerdicts();
    String summary =
        others.isEmpty()
            ? "The verdict is the same in all %s cases".formatted(sensitivity.cases().size())
            : "The verdict changes in %s of %s cases"
                .formatted(others.size(), sensitivity.cases().size());
    summary += " with other prices, traffic and lifetimes";
    if (others.isEmpty()) {
      return new Block.Paragraph(summary + ".");
    }
    return new Block.Details(
        summary,
        List.of(
            new Block.Table(
                List.of("#Price factor", "#Requests per month", "#Days available", "Verdict"),
                others.stream().map(TradeOffSection::row).toList())));
  }

  private static List<String> row(Sensitivity.Case each) {
    return List.of(
        Numbers.decimal(each.priceFactor()),
        Numbers.whole(each.requestsPerMonth()),
        each.remainingDays().isPresent()
            ? Numbers.whole(each.remainingDays().getAsLong())
            : "unknown",
        each.verdict().words());
  }

  static Page.Section ofRequests(WorkflowResult result) {
    List<AlternativeSummary> alternatives = result.decision().alternatives();
    List<Block> blocks = new ArrayList<>();
    if (alternatives.stream().anyMatch(summary -> summary.tokensPerRequest() > 0)) {
      blocks.add(new Block.Figure(tokenChart(result.decision())));
    } else {
      blocks.add(new Block.Paragraph("The models did not report token usage."));
    }
    blocks.add(
        new Block.Table(
            REQUEST_COLUMNS,
            QualitySection.reports(result).stream().map(report -> row(result, report)).toList()));
    return new Page.Section("Tokens and time per request", blocks);
  }

  private static BarChart tokenChart(Decision decision) {
    List<AlternativeSummary> alternatives = BestFew.of(decision);
    String description =
        alternatives.stream()
            .map(summary -> summary.name() + " " + Numbers.whole(summary.tokensPerRequest()))
            .collect(Collectors.joining("; ", "Prompt and completion tokens together: ", "."));
    return new BarChart(
        "Tokens per request" + BestFew.note(decision),
        description,
        "prompt",
        "completion",
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
