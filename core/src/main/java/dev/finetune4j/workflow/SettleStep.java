package dev.finetune4j.workflow;

import dev.finetune4j.decision.Verdict;
import dev.finetune4j.deployment.Lease;
import java.util.List;
import java.util.Map;

/**
 * Keeps the deployment of a model that passed, for one more lease, and deletes that of one that did
 * not.
 */
final class SettleStep implements WorkflowStep {

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
      if (keep) {
        run.workflow().leases().renew(lease, run.plan().leaseTime());
      } else {
        run.workflow().sweeper().end(lease);
      }
    }
    return Map.of("deployment", run.deployment == null ? "none" : keep ? "kept" : "deleted");
  }

  @Override
  public void restore(RunState run, Map<String, String> result) {
    if ("deleted".equals(result.get("deployment"))) {
      run.deployment = null;
    }
  }
}
