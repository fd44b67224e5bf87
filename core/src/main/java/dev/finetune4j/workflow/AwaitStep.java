package dev.finetune4j.workflow;

import dev.finetune4j.cost.LedgerEntry;
import dev.finetune4j.cost.Money;
import dev.finetune4j.job.FineTuningJob;
import dev.finetune4j.job.JobHandle;
import dev.finetune4j.workflow.journal.Step;
import java.util.Map;
import java.util.Optional;

/** Follows the job to its end, keeps what it measured, and writes down what it cost. */
final class AwaitStep implements WorkflowStep {
  private static final String JOB = "job.json";

  @Override
  public Step step() {
    return Step.AWAIT;
  }

  @Override
  public Map<String, String> perform(RunState run) {
    JobHandle handle = run.provider().job(run.requireJobReference());
    JobObserver observer = new JobObserver(run, handle);
    FineTuningJob job = handle.await(run.workflow().polling(), observer);
    Optional<Money> cost = TrainingCost.of(run, job);
    run.record(
        new LedgerEntry(
            EstimateStep.TRAINING,
            run.workflow().time().now(),
            "training of " + run.plan().request().baseModel(),
            run.ledger().entries().stream()
                .filter(entry -> entry.id().equals(EstimateStep.TRAINING))
                .findFirst()
                .flatMap(LedgerEntry::estimated),
            cost));
    run.requireNotCancelled();
    observer.requireWithinBudget();
    String model = job.requireFineTunedModel().name();
    run.store(JOB, JobJson.write(job, observer.metrics()));
    return Map.of("model", model, "cost", cost.map(Money::toString).orElse("unknown"));
  }

  @Override
  public void restore(RunState run, Map<String, String> result) {
    String text = run.require(JOB);
    run.job = JobJson.readJob(text, run.requireJobReference());
    run.metrics = JobJson.readMetrics(text);
  }
}
