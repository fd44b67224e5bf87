package dev.finetune4j.report;

import dev.finetune4j.cost.CostEstimate;
import dev.finetune4j.cost.LedgerEntry;
import dev.finetune4j.cost.Money;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.validation.ValidationReport;
import dev.finetune4j.job.TrainingMetrics;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.token.TokenStatistics;
import dev.finetune4j.workflow.StepDuration;
import dev.finetune4j.workflow.WorkflowResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** What the run was, as JSON: costs, losses, durations, data, settings. */
final class RunJson {
  private final WorkflowResult result;

  RunJson(WorkflowResult result) {
    this.result = result;
  }

  void addTo(JsonObject report) {
    report
        .put("costs", costs())
        .put("lossCurve", lossCurve())
        .put("durations", result.durations().stream().map(RunJson::duration).toList())
        .put("job", result.job().reference().toString())
        .put("jobStatus", result.job().status().name())
        .putIfPresent("tunedModel", result.job().fineTunedModel().map(model -> model.name()))
        .putIfPresent("trainedTokens", result.job().trainedTokens())
        .putIfPresent("deployment", result.deployment().map(Object::toString))
        .put("data", data())
        .put("settings", Settings.of(result));
  }

  static JsonObject money(Money money) {
    return JsonObject.empty()
        .put("amount", money.amount())
        .put("currency", money.currency().getCurrencyCode());
  }

  private JsonObject costs() {
    JsonObject costs =
        JsonObject.empty()
            .putIfPresent("forecast", optional(CostSection.forecast(result)))
            .putIfPresent("actual", optional(CostSection.spent(result)))
            .put("items", result.ledger().entries().stream().map(RunJson::item).toList());
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
        .put("seconds", ReportJson.seconds(step.duration()))
        .asMap();
  }

  private JsonObject data() {
    JsonObject data =
        JsonObject.empty().put("training", set(result.plan().request().trainingData()));
    result.plan().request().validationData().ifPresent(set -> data.put("validation", set(set)));
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
        .put("findings", result.validationReports().stream().map(RunJson::findings).toList());
  }

  private static JsonObject set(Dataset<?> set) {
    return JsonObject.empty()
        .put("name", set.name())
        .put("examples", set.size())
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
