package dev.finetune4j.workflow;

import dev.finetune4j.ModelReference;
import dev.finetune4j.cost.CostEstimate;
import dev.finetune4j.cost.InferencePrice;
import dev.finetune4j.cost.Ledger;
import dev.finetune4j.cost.LedgerEntry;
import dev.finetune4j.cost.Money;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.dataset.validation.ValidationReport;
import dev.finetune4j.decision.Decision;
import dev.finetune4j.decision.StudyPlan;
import dev.finetune4j.deployment.DeploymentReference;
import dev.finetune4j.evaluation.Evaluation;
import dev.finetune4j.evaluation.EvaluationListener;
import dev.finetune4j.evaluation.EvaluationReport;
import dev.finetune4j.evaluation.SampleResult;
import dev.finetune4j.inference.TokenUsage;
import dev.finetune4j.job.FineTuningJob;
import dev.finetune4j.job.JobReference;
import dev.finetune4j.job.TrainingMetrics;
import dev.finetune4j.provider.FineTuningProvider;
import dev.finetune4j.training.SubmissionKey;
import dev.finetune4j.workflow.journal.JournalException;
import dev.finetune4j.workflow.journal.RunClaim;
import dev.finetune4j.workflow.journal.RunId;
import dev.finetune4j.workflow.journal.Step;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The state of a run, which the steps fill in order. Used by one thread. */
final class RunState {
  static final String LEDGER = "ledger.json";

  private final RunId run;
  private final FineTuningPlan plan;
  private final FineTuningWorkflow workflow;
  private @Nullable SubmissionKey key;
  private final RunClaim claim;
  private final RunProgress.Writer progress;
  private Ledger ledger;
  private @Nullable PlanData data;

  Step step = Step.VALIDATE;

  List<ValidationReport> validationReports = List.of();
  @Nullable StudyPlan study;
  @Nullable CostEstimate estimate;
  List<EvaluationReport> baselineReports = List.of();
  @Nullable JobReference jobReference;
  @Nullable FineTuningJob job;
  List<TrainingMetrics> metrics = List.of();
  @Nullable DeploymentReference deployment;
  @Nullable EvaluationReport tunedReport;
  @Nullable Decision decision;

  RunState(RunClaim claim, FineTuningPlan plan, FineTuningWorkflow workflow) {
    this.claim = claim;
    run = claim.run();
    progress = new RunProgress.Writer(claim, workflow.time());
    this.plan = plan;
    this.workflow = workflow;
    ledger = workflow.journal().load(run, LEDGER).map(LedgerJson::read).orElse(Ledger.empty());
  }

  RunId run() {
    return run;
  }

  RunClaim claim() {
    return claim;
  }

  FineTuningPlan plan() {
    return plan;
  }

  FineTuningWorkflow workflow() {
    return workflow;
  }

  FineTuningProvider provider() {
    return workflow.provider();
  }

  /** Makes the data known, and the key that the job is submitted under. */
  void begin(PlanData profiles, SubmissionKey submissionKey) {
    data = profiles;
    key = submissionKey;
  }

  PlanData data() {
    return Objects.requireNonNull(data, "The data is profiled before the first step.");
  }

  /** Returns the test data with its size and fingerprint known. */
  Dataset<PromptExample> testData() {
    return data().test().known(plan.testData());
  }

  SubmissionKey key() {
    return Objects.requireNonNull(key, "The key is known before the first step.");
  }

  Ledger ledger() {
    return ledger;
  }

  ModelReference baseModel() {
    return new ModelReference(provider().id(), plan.request().baseModel());
  }

  Optional<InferencePrice> basePrice() {
    return workflow.prices().inferencePrice(baseModel());
  }

  Optional<InferencePrice> tunedPrice() {
    return workflow.prices().tunedInferencePrice(baseModel());
  }

  JobReference requireJobReference() {
    return Objects.requireNonNull(jobReference, "The job is set by the step SUBMIT.");
  }

  FineTuningJob requireJob() {
    return Objects.requireNonNull(job, "The ended job is set by the step AWAIT.");
  }

  EvaluationReport requireTunedReport() {
    return Objects.requireNonNull(tunedReport, "The report is set by the step EVALUATE.");
  }

  Decision requireDecision() {
    return Objects.requireNonNull(decision, "The decision is set by the step DECIDE.");
  }

  void record(LedgerEntry entry) {
    ledger = ledger.with(entry);
    store(LEDGER, LedgerJson.write(ledger));
  }

  void store(String name, String text) {
    claim.store(name, text);
  }

  Optional<String> load(String name) {
    return workflow.journal().load(run, name);
  }

  String require(String name) {
    return load(name)
        .orElseThrow(
            () ->
                new JournalException(
                    "The stored text "
                        + name
                        + " of run "
                        + run
                        + " is missing. Restore it, or use another run id.",
                    null));
  }

  boolean isCancelRequested() {
    return workflow.journal().isCancelRequested(run);
  }

  /** Throws if the cancellation of the run was requested. */
  void requireNotCancelled() {
    if (isCancelRequested()) {
      throw new RunCancelledException(run, null);
    }
  }

  /** Throws if another process has taken over the run; called before each payment. */
  void requireHeld() {
    claim.requireHeld();
  }

  /** Writes the progress of the current step to the journal, at a limited rate. */
  void noteProgress(String detail, long done, OptionalLong total, Optional<Money> cost) {
    progress.write(step, detail, done, total, cost);
  }

  /**
   * Returns the evaluation of the plan. Running it costs money.
   *
   * @param price the price of the evaluated model's answers, if known
   */
  Evaluation evaluation(Optional<InferencePrice> price) {
    requireHeld();
    Evaluation.Builder evaluation =
        Evaluation.builder(testData())
            .concurrency(plan.concurrency())
            .temperature(0)
            // What failed in an earlier attempt may be answered now.
            .askFailedAgain()
            .time(workflow.time())
            .stopWhen(this::isCancelRequested)
            .listener(new EvaluationFollower(price));
    plan.graders().forEach(evaluation::grader);
    plan.maximumAnswerTokens().ifPresent(evaluation::maximumTokens);
    claim.samples().ifPresent(evaluation::storeIn);
    return evaluation.build();
  }

  /** Passes the progress of one evaluation to the journal and to the listener. */
  private final class EvaluationFollower implements EvaluationListener {
    private final Optional<InferencePrice> price;
    private TokenUsage used = TokenUsage.NONE;

    EvaluationFollower(Optional<InferencePrice> price) {
      this.price = price;
    }

    @Override
    public void started(String name, long total, long kept, long underWay) {
      note(name, kept, total);
    }

    @Override
    public void sampleFinished(String name, SampleResult sample, Progress finished) {
      used = used.plus(sample.usage());
      note(name, finished.finished(), finished.total());
      workflow.listener().sampleFinished(run, name, finished);
    }

    private void note(String name, long done, long total) {
      noteProgress(name, done, OptionalLong.of(total), price.map(known -> known.of(used)));
    }
  }

  /** Returns the mean score of the deciding grader, for people. */
  String describe(EvaluationReport report) {
    String grader = plan.policy().grader();
    return String.format(Locale.ROOT, "%s %.1f %%", grader, 100 * report.score(grader).mean());
  }

  WorkflowResult result(List<StepDuration> durations) {
    WorkflowResult.Builder result =
        WorkflowResult.builder(run, provider().id(), plan)
            .validated(validationReports)
            .profiled(data().training(), data().validation().orElse(null))
            .studied(study)
            .estimate(estimate)
            .ledger(ledger)
            .measured(baselineReports, requireTunedReport())
            .trained(requireJob(), metrics)
            .decision(requireDecision())
            .deployment(deployment);
    durations.forEach(result::duration);
    return result.build();
  }
}
