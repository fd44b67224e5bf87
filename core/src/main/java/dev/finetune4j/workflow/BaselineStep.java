package dev.finetune4j.workflow;

import dev.finetune4j.baseline.Baseline;
import dev.finetune4j.error.UnsupportedCapabilityException;
import dev.finetune4j.evaluation.EvaluationReport;
import dev.finetune4j.evaluation.EvaluationReportFile;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.workflow.journal.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Evaluates the baselines. The report of each is stored before the next evaluation starts. */
final class BaselineStep implements WorkflowStep {

  @Override
  public Step step() {
    return Step.BASELINE;
  }

  @Override
  public Map<String, String> perform(RunState run) {
    ChatModel base = baseModel(run);
    Map<String, String> result = new LinkedHashMap<>();
    List<Baseline> baselines = run.plan().baselines();
    for (int i = 0; i < baselines.size(); i++) {
      String name = "evaluation-" + i + ".json";
      Optional<String> kept = run.load(name);
      EvaluationReport report =
          kept.isPresent()
              ? EvaluationReportFile.fromJson(kept.get())
              : run.evaluation(run.basePrice())
                  .run(baselines.get(i).name(), baselines.get(i).on(base));
      if (kept.isEmpty()) {
        // A cancelled evaluation returns an incomplete report.
        run.requireNotCancelled();
        run.store(name, EvaluationReportFile.toJson(report));
      }
      result.put(report.name(), run.describe(report));
    }
    return result;
  }

  @Override
  public void restore(RunState run, Map<String, String> result) {
    List<EvaluationReport> reports = new ArrayList<>();
    for (int i = 0; i < run.plan().baselines().size(); i++) {
      reports.add(EvaluationReportFile.fromJson(run.require("evaluation-" + i + ".json")));
    }
    run.baselineReports = List.copyOf(reports);
  }

  private static ChatModel baseModel(RunState run) {
    return run.plan()
        .baselineModel()
        .or(() -> run.provider().chatModel(run.baseModel()))
        .orElseThrow(
            () ->
                new UnsupportedCapabilityException(
                    run.provider().id(),
                    "using the base model " + run.baseModel().name() + " without a deployment",
                    "Deploy it and set it as the plan's baselineModel."));
  }
}
