package dev.finetune4j.workflow;

import dev.finetune4j.cost.CostEstimate;
import dev.finetune4j.cost.CostEstimator;
import dev.finetune4j.cost.LedgerEntry;
import dev.finetune4j.workflow.journal.Step;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Estimates the cost of training and holds it against the ceiling. Costs nothing. */
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
            .estimate(
                run.provider().id(), run.plan().request(), run.provider().tokenCounter(baseModel));
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
          run.store(ESTIMATE, EstimateJson.write(known));
          result.put("stored", ESTIMATE);
        });
    return result;
  }

  @Override
  public void restore(RunState run, Map<String, String> result) {
    if (result.containsKey("stored")) {
      run.estimate = EstimateJson.read(run.require(ESTIMATE));
    }
  }
}
