package dev.finetune4j.report;

import dev.finetune4j.decision.AlternativeSummary;
import dev.finetune4j.decision.BreakEven;
import dev.finetune4j.decision.Decision;
import dev.finetune4j.decision.Reason;
import dev.finetune4j.evaluation.Comparison;
import dev.finetune4j.evaluation.EvaluationReport;
import dev.finetune4j.evaluation.Score;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.statistics.Interval;
import dev.finetune4j.workflow.WorkflowResult;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The decision and the evaluations as JSON; {@link RunJson} adds what the run was. */
final class ReportJson {
  private final WorkflowResult result;

  ReportJson(WorkflowResult result) {
    this.result = result;
  }

  String write() {
    Decision decision = result.decision();
    JsonObject report =
        JsonObject.empty()
            .put("version", 1)
            .put("run", result.run().value())
            .put("provider", result.provider().value())
            .put("baseModel", result.plan().request().baseModel())
            .put("verdict", decision.verdict().name())
            .put("chosen", decision.chosen())
            .put("reasons", decision.reasons().stream().map(ReportJson::reason).toList())
            .putIfPresent("testExamplesNeeded", decision.testExamplesNeeded())
            .putIfPresent("remainingDays", decision.remainingDays())
            .put("comparison", comparison(decision.comparison()))
            .put(
                "otherComparisons",
                decision.otherComparisons().stream()
                    .map(other -> comparison(other).asMap())
                    .toList())
            .put(
                "alternatives",
                QualitySection.reports(result).stream().map(this::alternative).toList());
    decision.breakEven().ifPresent(it -> report.put("breakEven", breakEven(it)));
    new RunJson(result).addTo(report);
    return Json.writeIndented(report.asMap()) + "\n";
  }

  static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }

  private static Map<String, @Nullable Object> reason(Reason reason) {
    return JsonObject.empty()
        .put("weight", reason.weight().name())
        .put("sentence", reason.sentence())
        .put("figure", reason.figure())
        .asMap();
  }

  private static JsonObject comparison(Comparison comparison) {
    return JsonObject.empty()
        .put("candidate", comparison.candidate())
        .put("baseline", comparison.baseline())
        .put("grader", comparison.grader())
        .put("measure", comparison.measure())
        .put("pairs", comparison.pairs())
        .put("difference", comparison.difference())
        .put("interval", interval(comparison.interval()))
        .put("pValue", comparison.pValue())
        .put("test", comparison.test())
        .put("improved", comparison.improved())
        .put("worsened", comparison.worsened());
  }

  private static JsonObject interval(Interval interval) {
    return JsonObject.empty()
        .put("low", interval.low())
        .put("high", interval.high())
        .put("level", interval.level());
  }

  private Map<String, @Nullable Object> alternative(EvaluationReport report) {
    return JsonObject.empty()
        .put("name", report.name())
        .put("tuned", report.name().equals(result.tunedReport().name()))
        .put("scores", report.scores().stream().map(ReportJson::score).toList())
        .put("failures", report.failures())
        .put("meanPromptTokens", report.meanPromptTokens())
        .put("meanCompletionTokens", report.meanCompletionTokens())
        .put("medianLatencySeconds", seconds(report.medianLatency()))
        .put("p90LatencySeconds", seconds(report.latency(0.9)))
        .put("wallSeconds", seconds(report.wallDuration()))
        .put("startedAt", report.startedAt().toString())
        .putIfPresent(
            "perThousandRequests",
            result
                .decision()
                .findAlternative(report.name())
                .flatMap(AlternativeSummary::perThousandRequests)
                .map(money -> RunJson.money(money).asMap()))
        .asMap();
  }

  private static Map<String, @Nullable Object> score(Score score) {
    return JsonObject.empty()
        .put("grader", score.grader())
        .put("samples", score.samples())
        .put("failures", score.failures())
        .put("mean", score.mean())
        .put("meanInterval", interval(score.meanInterval()))
        .put("passRate", score.passRate())
        .put("passInterval", interval(score.passInterval()))
        .asMap();
  }

  private static JsonObject breakEven(BreakEven breakEven) {
    return JsonObject.empty()
        .put("savingPerThousandRequests", RunJson.money(breakEven.savingPerThousandRequests()))
        .put("fixedPerMonth", RunJson.money(breakEven.fixedPerMonth()))
        .put("months", breakEven.months())
        .putIfPresent("requestsPerMonth", breakEven.requestsPerMonth())
        .putIfPresent("daysToPayBack", breakEven.daysToPayBack());
  }
}
