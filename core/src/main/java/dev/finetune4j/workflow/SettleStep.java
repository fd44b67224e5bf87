package dev.finetune4j.workflow;

import dev.finetune4j.cost.LedgerEntry;
import dev.finetune4j.decision.Verdict;
import dev.finetune4j.deployment.Lease;
import dev.finetune4j.workflow.journal.Step;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps the deployment if the tuned model was chosen; otherwise deletes it. */
final class SettleStep implements WorkflowStep {
  static final String HOSTING = "hosting";

  @Override
  public Step step() {
    return Step.SETTLE;
  }

  @Override
  public Map<String, String> perform(RunState run) {
    boolean keep = run.requireDecision().verdict() == Verdict.FINE_TUNE;
    List<Lease> held =
        run.workflow().leases().leases().stream()
            .filter(lease -> lease.holder().equals(run.run().value()))
            .toList();
    for (Lease lease : held) {
      recordHosting(run, lease);
      run.requireHeld();
      if (keep) {
        run.workflow().leases().keep(lease);
      } else {
        run.workflow().sweeper().sweep(lease);
      }
    }
    return Map.of("deployment", run.deployment == null ? "none" : keep ? "kept" : "deleted");
  }

  /** Records what the deployment has cost so far; a kept one continues to cost. */
  private static void recordHosting(RunState run, Lease lease) {
    Instant now = run.workflow().time().now();
    Optional<LedgerEntry> forecast =
        run.ledger().entries().stream().filter(entry -> entry.id().equals(HOSTING)).findFirst();
    run.record(
        new LedgerEntry(
            HOSTING,
            now,
            forecast.map(LedgerEntry::what).orElse("hosting of " + lease.deploymentName()),
            forecast.flatMap(LedgerEntry::estimated),
            lease.costUntil(now)));
  }

  @Override
  public void restore(RunState run, Map<String, String> result) {
    if ("deleted".equals(result.get("deployment"))) {
      run.deployment = null;
    }
  }
}
