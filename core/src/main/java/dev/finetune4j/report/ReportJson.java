package dev.finetune4j.report;

import dev.finetune4j.cost.CostEstimate;
import dev.finetune4j.cost.LedgerEntry;
import dev.finetune4j.cost.Money;
import dev.finetune4j.dataset.validation.DatasetProfile;
import dev.finetune4j.dataset.validation.ValidationReport;
import dev.finetune4j.decision.AlternativeSummary;
import dev.finetune4j.decision.BreakEven;
import dev.finetune4j.decision.Decision;
import dev.finetune4j.decision.Reason;
import dev.finetune4j.evaluation.Comparison;
import dev.finetune4j.evaluation.EvaluationReport;
import dev.finetune4j.evaluation.Score;
import dev.finetune4j.job.TrainingMetrics;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.statistics.Interval;
import dev.finetune4j.token.TokenStatistics;
import dev.finetune4j.workflow.StepDuration;
import dev.finetune4j.workflow.WorkflowResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Writes a run as JSON: decision, evaluations, costs, losses, durations, data and settings. */
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
            .put(
                "comparison",
                comparison(decision.comparison(), decision.interval(), decision.pValue()))
            .put(
                "otherComparisons",
                decision.otherComparisons().stream()
                    .map(it -> comparison(it, it.interval(), it.adjustedPValue()).asMap())
                    .toList())
            .put(
                "alternatives",
                QualitySection.reports(result).stream().map(this::alternative).toList());
    result
        .studyPlan()
        .ifPresent(study -> report.put("study", Json.parseObject(study.json()).asMap()));
    decision.breakEven().ifPresent(it -> report.put("breakEven", breakEven(it)));
    addRun(report);
    return Json.writeIndented(report.asMap()) + "\n";
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }

  private static Map<String, @Nullable Object> reason(Reason reason) {
    return JsonObject.empty()
        .put("weight", reason.weight().name())
        .put("sentence", reason.sentence())
        .put("figure", reason.figure())
        .asMap();
  }

  private static JsonObject comparison(
      Comparison comparison, Interval interval, double probability) {
    return JsonObject.empty()
        .put("candidate", comparison.candidate())
        .put("baseline", comparison.baseline())
        .put("grader", comparison.grader())
        .put("measure", comparison.measure())
        .put("pairs", comparison.pairs())
        .put("difference", comparison.difference())
        .put("interval", interval(interval))
        .put("pValue", probability)
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
                .map(money -> money(money).asMap()))
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
        .put("savingPerThousandRequests", money(breakEven.savingPerThousandRequests()))
        .put("fixedPerMonth", money(breakEven.fixedPerMonth()))
        .put("months", breakEven.months())
        .putIfPresent("requestsPerMonth", breakEven.requestsPerMonth())
        .putIfPresent("daysToPayBack", breakEven.daysToPayBack());
  }

  private void addRun(JsonObject report) {
    report
        .put("costs", costs())
        .put("lossCurve", lossCurve())
        .put("durations", result.durations().stream().map(ReportJson::duration).toList())
        .put("job", result.job().reference().toString())
        .put("jobStatus", result.job().status().name())
        .putIfPresent("tunedModel", result.job().fineTunedModel().map(model -> model.name()))
        .putIfPresent("trainedTokens", result.job().trainedTokens())
        .putIfPresent("deployment", result.deployment().map(Object::toString))
        .put("data", data())
        .put("settings", ReproductionSection.settings(result));
  }

  private static JsonObject money(Money money) {
    return JsonObject.empty()
        .put("amount", money.amount())
        .put("currency", money.currency().getCurrencyCode());
  }

  private JsonObject costs() {
    JsonObject costs =
        JsonObject.empty()
            .putIfPresent("forecast", optional(CostSection.forecast(result)))
            .putIfPresent("actual", optional(CostSection.spent(result)))
            .put("items", result.ledger().entries().stream().map(ReportJson::item).toList());
    result.estimate().ifPresent(estimate -> costs.put("estimate", estimate(estimate)));
    return costs;
  }

  private static Map<String, @Nullable Object> item(LedgerEntry entry) {
    return JsonObject.empty()
        .put("id", entry.id())
        .put("what", entry.what())
        .putIfPresent("forecast", optional(entry.estimated()))
        .putIfPresent("actual", optional(entry.actual()))
        .asMap();
  }

  private static Optional<Map<String, @Nullable Object>> optional(Optional<Money> money) {
    return money.map(amount -> money(amount).asMap());
  }

  private static JsonObject estimate(CostEstimate estimate) {
    return JsonObject.empty()
        .put("low", money(estimate.low()))
        .put("high", money(estimate.high()))
        .put("trainedTokens", estimate.trainedTokens())
        .put("epochs", estimate.epochs())
        .put("assumptions", estimate.assumptions())
        .put("pricesAsOf", estimate.pricesAsOf().toString());
  }

  private List<Map<String, @Nullable Object>> lossCurve() {
    List<Map<String, @Nullable Object>> curve = new ArrayList<>();
    for (TrainingMetrics at : result.metrics()) {
      OptionalDouble loss = at.find(TrainingMetrics.LOSS);
      OptionalDouble validation = at.find(TrainingMetrics.VALIDATION_LOSS);
      if (loss.isPresent() || validation.isPresent()) {
        curve.add(
            JsonObject.empty()
                .put("step", at.step())
                .putIfPresent("loss", loss)
                .putIfPresent("validationLoss", validation)
                .asMap());
      }
    }
    return curve;
  }

  private static Map<String, @Nullable Object> duration(StepDuration step) {
    return JsonObject.empty()
        .put("step", step.step().name())
        .put("seconds", seconds(step.duration()))
        .asMap();
  }

  private JsonObject data() {
    JsonObject data = JsonObject.empty().put("training", set(result.trainingProfile()));
    result.validationProfile().ifPresent(set -> data.put("validation", set(set)));
    TokenStatistics tokens = result.tokenStatistics();
    return data.put(
            "test",
            JsonObject.empty()
                .put("name", result.tunedReport().dataset())
                .put("examples", result.tunedReport().samples().size())
                .put("fingerprint", result.tunedReport().fingerprint().value()))
        .put(
            "trainingTokens",
            JsonObject.empty()
                .put("total", tokens.total())
                .put("minimum", tokens.minimum())
                .put("mean", tokens.mean())
                .put("maximum", tokens.maximum())
                .put("exact", tokens.exact()))
        .put("findings", result.validationReports().stream().map(ReportJson::findings).toList());
  }

  private static JsonObject set(DatasetProfile set) {
    return JsonObject.empty()
        .put("name", set.dataset())
        .put("examples", set.examples())
        .put("fingerprint", set.fingerprint().value());
  }

  private static Map<String, @Nullable Object> findings(ValidationReport report) {
    return JsonObject.empty()
        .put("dataset", report.dataset())
        .put("examplesChecked", report.examplesChecked())
        .put("findings", report.findings().stream().map(Object::toString).toList())
        .asMap();
  }
}
