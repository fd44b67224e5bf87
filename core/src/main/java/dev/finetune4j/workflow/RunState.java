package dev.finetune4j.workflow;

import dev.finetune4j.ModelReference;
import dev.finetune4j.cost.CostEstimate;
import dev.finetune4j.cost.InferencePrice;
import dev.finetune4j.cost.Ledger;
import dev.finetune4j.cost.LedgerEntry;
import dev.finetune4j.cost.Money;
import dev.finetune4j.dataset.validation.ValidationReport;
import dev.finetune4j.decision.Decision;
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
import dev.finetune4j.token.TokenStatistics;
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

/** What a run knows so far. Filled by the steps in their order; used by one thread. */
final class RunState {
  static final String LEDGER = "ledger.json";

  private final RunId run;
  private final FineTuningPlan plan;
  private final FineTuningWorkflow workflow;
  private final SubmissionKey key;
  private final RunClaim claim;
  private final RunProgress.Writer progress;
  private Ledger ledger;

  Step step = Step.VALIDATE;

  List<ValidationReport> validationReports = List.of();
  @Nullable TokenStatistics tokenStatistics;
  @Nullable CostEstimate estimate;
  List<EvaluationReport> baselineReports = List.of();
  @Nullable JobReference jobReference;
  @Nullable FineTuningJob job;
  List<TrainingMetrics> metrics = List.of();
  @Nullable DeploymentReference deployment;
  @Nullable EvaluationReport tunedReport;
  @Nullable Decision decision;

  RunState(RunClaim claim, FineTuningPlan plan, FineTuningWorkflow workflow, SubmissionKey key) {
    this.claim = claim;
    run = claim.run();
    progress = new RunProgress.Writer(claim, workflow.time());
    this.plan = plan;
    this.workflow = workflow;
    this.key = key;
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

  SubmissionKey key() {
    return key;
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
    return Objects.requireNonNull(jobReference, "The job is known from the step SUBMIT on.");
  }

  FineTuningJob requireJob() {
    return Objects.requireNonNull(job, "The ended job is known from the step AWAIT on.");
  }

  EvaluationReport requireTunedReport() {
    return Objects.requireNonNull(tunedReport, "The report is known from the step EVALUATE on.");
  }

  Decision requireDecision() {
    return Objects.requireNonNull(decision, "The decision is known from the step DECIDE on.");
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
                    "The journal of run "
                        + run
                        + " says that "
                        + name
                        + " was stored, and it is not there. Put it back, or use another run id.",
                    null));
  }

  boolean isCancelRequested() {
    return workflow.journal().isCancelRequested(run);
  }

  /** Stops the run if somebody asked for that. */
  void requireNotCancelled() {
    if (isCancelRequested()) {
      throw new RunCancelledException(run, null);
    }
  }

  /** Stops the run before it pays, if another process took it over. */
  void requireHeld() {
    claim.requireHeld();
  }

  /** Notes how far the current step has come, unless that was noted a moment ago. */
  void noteProgress(String detail, long done, OptionalLong total, Optional<Money> cost) {
    progress.write(step, detail, done, total, cost);
  }

  /**
   * Returns the evaluation of the plan, which asks and pays as soon as it is run.
   *
   * @param price what the evaluated model's answers cost, if known
   */
  Evaluation evaluation(Optional<InferencePrice> price) {
    requireHeld();
    Evaluation.Builder evaluation =
        Evaluation.builder(plan.testData())
            .concurrency(plan.concurrency())
            .temperature(0)
            .time(workflow.time())
            .stopWhen(this::isCancelRequested)
            .listener(new EvaluationFollower(price));
    plan.graders().forEach(evaluation::grader);
    plan.maximumAnswerTokens().ifPresent(evaluation::maximumTokens);
    claim.samples().ifPresent(evaluation::storeIn);
    return evaluation.build();
  }

  /** Passes the progress of one evaluation on to the listener and to the journal. */
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

  /** Returns what the grader that decides says of a report, for a person. */
  String describe(EvaluationReport report) {
    String grader = plan.policy().grader();
    return String.format(Locale.ROOT, "%s %.1f %%", grader, 100 * report.score(grader).mean());
  }

  WorkflowResult result(List<StepDuration> durations) {
    WorkflowResult.Builder result =
        WorkflowResult.builder(run, provider().id(), plan)
            .validated(
                validationReports, Objects.requireNonNull(tokenStatistics, "tokenStatistics"))
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
