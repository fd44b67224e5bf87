package dev.finetune4j.workflow;

import dev.finetune4j.cost.CostEstimate;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import java.time.LocalDate;

/** A cost estimate as JSON, as stored beside a journal. */
final class EstimateJson {

  private EstimateJson() {}

  static String write(CostEstimate estimate) {
    return JsonObject.empty()
        .put("low", LedgerJson.write(estimate.low()))
        .put("high", LedgerJson.write(estimate.high()))
        .put("trained_tokens", estimate.trainedTokens())
        .put("epochs", estimate.epochs())
        .put("assumptions", estimate.assumptions())
        .put("prices_as_of", estimate.pricesAsOf().toString())
        .toString();
  }

  static CostEstimate read(String text) {
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
