package dev.finetune4j.simulator.openai;

import dev.finetune4j.simulator.StoredContent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The file with the metrics of a job (reference: "Result files"). */
final class ResultCsv {

  private ResultCsv() {}

  static SimulatedFile keep(State state, SimulatedJob job, Instant at) {
    String csv = csv(job);
    if (state.settings.dialect.wrapsResults()) {
      csv = Base64.getEncoder().encodeToString(csv.getBytes(StandardCharsets.UTF_8));
    }
    return state.keep("step_metrics.csv", "fine-tune-results", StoredContent.of(csv), at);
  }

  private static String csv(SimulatedJob job) {
    TrainingPlan plan = job.plan;
    Set<String> columns = new LinkedHashSet<>(job.curve().training(1).keySet());
    columns.addAll(job.curve().validation(1).keySet());
    columns.addAll(job.curve().fullValidation(1).keySet());
    StringBuilder csv = new StringBuilder("step," + String.join(",", columns) + "\n");
    for (long step = 1; step <= plan.steps(); step++) {
      csv.append(step);
      Map<String, Double> row = row(job, step);
      columns.forEach(
          column -> csv.append(',').append(row.containsKey(column) ? row.get(column) : ""));
      csv.append('\n');
    }
    return csv.toString();
  }

  private static Map<String, Double> row(SimulatedJob job, long step) {
    Map<String, Double> row = new TreeMap<>(job.curve().training(step));
    if (job.plan.validation() != null) {
      // The service looks at the validation data every tenth step, and at all of it at epoch ends.
      if (step % 10 == 0) {
        row.putAll(job.curve().validation(step));
      }
      if (step % job.plan.stepsPerEpoch() == 0) {
        row.putAll(job.curve().fullValidation(step));
      }
    }
    return row;
  }
}
