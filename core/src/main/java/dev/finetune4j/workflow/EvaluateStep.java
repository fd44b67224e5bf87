package dev.finetune4j.workflow;

import dev.finetune4j.evaluation.EvaluationReport;
import dev.finetune4j.evaluation.EvaluationReportFile;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.provider.Deployer;
import dev.finetune4j.workflow.journal.Step;
import java.util.Map;
import java.util.Optional;

/** Evaluates the tuned model on the same data as the baselines. */
final class EvaluateStep implements WorkflowStep {
  /** The name of the tuned model in reports. */
  static final String FINE_TUNED = "fine-tuned";

  private static final String REPORT = "evaluation-fine-tuned.json";

  @Override
  public Step step() {
    return Step.EVALUATE;
  }

  @Override
  public Map<String, String> perform(RunState run) {
    EvaluationReport report = run.evaluation(run.tunedPrice()).run(FINE_TUNED, tunedModel(run));
    run.requireNotCancelled();
    run.store(REPORT, EvaluationReportFile.toJson(report));
    return Map.of(FINE_TUNED, run.describe(report));
  }

  @Override
  public void restore(RunState run, Map<String, String> result) {
    run.tunedReport = EvaluationReportFile.fromJson(run.require(REPORT));
  }

  private static ChatModel tunedModel(RunState run) {
    Optional<Deployer> deployer = run.provider().deployer();
    if (deployer.isPresent()) {
      return deployer.get().chatModel(DeployStep.deploy(run, deployer.get()));
    }
    return run.provider().requireChatModel(run.requireJob().requireFineTunedModel());
  }
}
