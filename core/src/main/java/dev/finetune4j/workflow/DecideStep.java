package dev.finetune4j.workflow;

import dev.finetune4j.ModelReference;
import dev.finetune4j.catalog.CatalogEntry;
import dev.finetune4j.cost.InferencePrice;
import dev.finetune4j.cost.Money;
import dev.finetune4j.cost.PriceBook;
import dev.finetune4j.decision.CostFigures;
import dev.finetune4j.decision.Decision;
import dev.finetune4j.decision.DecisionMaker;
import dev.finetune4j.evaluation.EvaluationReport;
import dev.finetune4j.workflow.journal.Step;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;

/**
 * Decides by the evaluations, costs and lifetimes. A resumed run decides again; the same inputs
 * give the same decision.
 */
final class DecideStep implements WorkflowStep {
  private static final long HOURS_PER_MONTH = 730;

  @Override
  public Step step() {
    return Step.DECIDE;
  }

  @Override
  public Map<String, String> perform(RunState run) {
    LocalDate today = LocalDate.ofInstant(run.workflow().time().now(), ZoneOffset.UTC);
    Decision decision = decide(run, today);
    return Map.of("verdict", decision.verdict().name(), "today", today.toString());
  }

  @Override
  public void restore(RunState run, Map<String, String> result) {
    run.decision = decide(run, LocalDate.parse(result.getOrDefault("today", "1970-01-01")));
  }

  private static Decision decide(RunState run, LocalDate today) {
    DecisionMaker decisionMaker =
        DecisionMaker.under(run.plan().policy())
            .baselines(run.baselineReports)
            .tuned(run.requireTunedReport())
            .costs(costs(run));
    run.workflow()
        .catalog()
        .find(run.baseModel().name())
        .flatMap(CatalogEntry::answersUntil)
        .ifPresent(end -> decisionMaker.lifetime(today, end));
    return decisionMaker.decide();
  }

  private static CostFigures costs(RunState run) {
    CostFigures.Builder costs = CostFigures.builder();
    PriceBook prices = run.workflow().prices();
    ModelReference base = run.baseModel();
    run.ledger().entries().stream()
        .filter(entry -> entry.id().equals(EstimateStep.TRAINING))
        .findFirst()
        .flatMap(entry -> entry.actual().or(entry::estimated))
        .ifPresent(costs::oneTime);
    Optional<InferencePrice> asBase = run.basePrice();
    for (EvaluationReport report : run.baselineReports) {
      asBase.ifPresent(price -> costs.price(report.name(), price));
    }
    run.tunedPrice().ifPresent(price -> costs.price(EvaluateStep.FINE_TUNED, price));
    prices
        .hostingPricePerHour(base)
        .map(perHour -> perHour.times(HOURS_PER_MONTH))
        .ifPresent((Money month) -> costs.monthly(EvaluateStep.FINE_TUNED, month));
    return costs.build();
  }
}
