package dev.finetune4j.workflow;

import dev.finetune4j.cost.CostEstimate;
import dev.finetune4j.cost.CostEstimator;
import dev.finetune4j.cost.LedgerEntry;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.workflow.journal.Step;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Estimates the cost of training and compares it with the cost limit. Costs nothing. */
final class EstimateStep implements WorkflowStep {
  static final String TRAINING = "training";
  private static final String ESTIMATE = "estimate.json";

  @Override
  public Step step() {
    return Step.ESTIMATE;
  }

  @Override
  public Map<String, String> perform(RunState run) {
    String baseModel = run.plan().request().baseModel();
    Optional<CostEstimate> estimate =
        new CostEstimator(run.workflow().prices())
            .estimate(run.provider().id(), run.plan().request(), run.data().training());
    run.plan().budget().require(estimate.orElse(null), run.ledger().spent());
    run.record(
        new LedgerEntry(
            TRAINING,
            run.workflow().time().now(),
            "training of " + baseModel,
            estimate.map(CostEstimate::high),
            Optional.empty()));
    Map<String, String> result = new LinkedHashMap<>();
    result.put("cost", estimate.map(CostEstimate::toString).orElse("unknown"));
    estimate.ifPresent(
        known -> {
          run.store(ESTIMATE, toJson(known));
          result.put("stored", ESTIMATE);
        });
    return result;
  }

  @Override
  public void restore(RunState run, Map<String, String> result) {
    if (result.containsKey("stored")) {
      run.estimate = fromJson(run.require(ESTIMATE));
    }
  }

  private static String toJson(CostEstimate estimate) {
    return JsonObject.empty()
        .put("low", LedgerJson.write(estimate.low()))
        .put("high", LedgerJson.write(estimate.high()))
        .put("trained_tokens", estimate.trainedTokens())
        .put("epochs", estimate.epochs())
        .put("assumptions", estimate.assumptions())
        .put("prices_as_of", estimate.pricesAsOf().toString())
        .toString();
  }

  private static CostEstimate fromJson(String text) {
    JsonObject json = Json.parseObject(text);
    return new CostEstimate(
        LedgerJson.readMoney(json.requireString("low")),
        LedgerJson.readMoney(json.requireString("high")),
        json.requireLong("trained_tokens"),
        Math.toIntExact(json.requireLong("epochs")),
        json.list("assumptions").stream().map(String::valueOf).toList(),
        LocalDate.parse(json.requireString("prices_as_of")));
  }
}
