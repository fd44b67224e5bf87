package dev.finetune4j.workflow;

import dev.finetune4j.cost.BudgetExceededException;
import dev.finetune4j.cost.Money;
import dev.finetune4j.job.FineTuningJob;
import dev.finetune4j.job.JobEvent;
import dev.finetune4j.job.JobHandle;
import dev.finetune4j.job.JobListener;
import dev.finetune4j.job.TrainingMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Collects what a job measures while it is awaited, and cancels it when it costs more than the
 * ceiling allows.
 */
final class JobObserver implements JobListener {
  private final RunState run;
  private final JobHandle handle;
  private final List<TrainingMetrics> metrics = new ArrayList<>();
  private @Nullable Money exceededAt;
  private boolean cancelled;
  private long stepsDone;
  private OptionalLong allSteps = OptionalLong.empty();

  JobObserver(RunState run, JobHandle handle) {
    this.run = run;
    this.handle = handle;
  }

  @Override
  public void onSnapshot(FineTuningJob job) {
    if (!cancelled && !job.status().isTerminal() && run.isCancelRequested()) {
      cancelled = true;
      handle.cancel();
    }
    Optional<Money> cost = TrainingCost.of(run, job);
    boolean over =
        cost.isPresent() && run.plan().budget().isExceededBy(run.ledger().spent().plus(cost.get()));
    if (over && exceededAt == null && !job.status().isTerminal()) {
      exceededAt = cost.get();
      handle.cancel();
    }
    run.noteProgress(job.status().name(), stepsDone, allSteps, cost);
  }

  @Override
  public void onEvent(JobEvent event) {
    if (event instanceof JobEvent.MetricsRecorded recorded) {
      metrics.add(recorded.metrics());
      stepsDone = recorded.metrics().step();
      OptionalDouble all = recorded.metrics().find(TrainingMetrics.TOTAL_STEPS);
      allSteps = all.isPresent() ? OptionalLong.of((long) all.getAsDouble()) : allSteps;
    }
    run.workflow().listener().jobEvent(run.run(), event);
  }

  List<TrainingMetrics> metrics() {
    return List.copyOf(metrics);
  }

  void requireWithinBudget() {
    if (exceededAt != null) {
      throw new BudgetExceededException(
          "The job "
              + handle.reference()
              + " was cancelled when it had cost "
              + exceededAt
              + ": with what was spent before, that is above the ceiling of "
              + run.plan().budget().ceiling().map(Money::toString).orElse("")
              + ".");
    }
  }
}
