package dev.finetune4j.local.internal.trainer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The loss on items that are not learnt from. Stateless. */
final class Validation {
  private Validation() {}

  /** The mean over trained tokens, or over pairs, of all validation items. */
  static double measure(TrainingLoop.Items items, WorkerPool workers, TrainingSettings settings)
      throws InterruptedException {
    List<TrainingItem> all = items.validation();
    List<Function<Worker, Double>> work = new ArrayList<>();
    for (List<TrainingItem> group :
        BatchPlan.groups(all, settings.microBatchSize(), settings.workers())) {
      work.add(worker -> worker.measure(items.objective(), group));
    }
    double loss = workers.run(work).stream().mapToDouble(Double::doubleValue).sum();
    return loss / all.stream().mapToDouble(items.objective()::units).sum();
  }
}
