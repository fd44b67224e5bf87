package dev.finetune4j.workflow;

import dev.finetune4j.ProviderId;
import dev.finetune4j.cost.CostEstimate;
import dev.finetune4j.cost.Ledger;
import dev.finetune4j.dataset.validation.DatasetProfile;
import dev.finetune4j.dataset.validation.ValidationReport;
import dev.finetune4j.decision.Decision;
import dev.finetune4j.decision.StudyPlan;
import dev.finetune4j.deployment.DeploymentReference;
import dev.finetune4j.evaluation.EvaluationReport;
import dev.finetune4j.job.FineTuningJob;
import dev.finetune4j.job.TrainingMetrics;
import dev.finetune4j.token.TokenStatistics;
import dev.finetune4j.workflow.journal.RunId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The result of a finished run. Immutable and thread-safe. */
public final class WorkflowResult {
  private final RunId run;
  private final ProviderId provider;
  private final FineTuningPlan plan;
  private final List<ValidationReport> validationReports;
  private final DatasetProfile trainingProfile;
  private final Optional<DatasetProfile> validationProfile;
  private final Optional<StudyPlan> studyPlan;
  private final Optional<CostEstimate> estimate;
  private final Ledger ledger;
  private final List<EvaluationReport> baselineReports;
  private final FineTuningJob job;
  private final List<TrainingMetrics> metrics;
  private final EvaluationReport tunedReport;
  private final Decision decision;
  private final Optional<DeploymentReference> deployment;
  private final List<StepDuration> durations;

  private WorkflowResult(Builder builder) {
    run = builder.run;
    provider = builder.provider;
    plan = builder.plan;
    validationReports = List.copyOf(builder.validationReports);
    trainingProfile = Objects.requireNonNull(builder.trainingProfile, "trainingProfile");
    validationProfile = Optional.ofNullable(builder.validationProfile);
    studyPlan = builder.studyPlan;
    estimate = builder.estimate;
    ledger = builder.ledger;
    baselineReports = List.copyOf(builder.baselineReports);
    job = Objects.requireNonNull(builder.job, "job");
    metrics = List.copyOf(builder.metrics);
    tunedReport = Objects.requireNonNull(builder.tunedReport, "tunedReport");
    decision = Objects.requireNonNull(builder.decision, "decision");
    deployment = builder.deployment;
    durations = List.copyOf(builder.durations);
  }

  /** Returns a builder, for the workflow and for tests of code that reads results. */
  public static Builder builder(RunId run, ProviderId provider, FineTuningPlan plan) {
    return new Builder(run, provider, plan);
  }

  /** Returns the id of the run. */
  public RunId run() {
    return run;
  }

  /** Returns the provider that ran the job. */
  public ProviderId provider() {
    return provider;
  }

  /** Returns the plan. */
  public FineTuningPlan plan() {
    return plan;
  }

  /**
   * Returns the findings in the training data and the validation data, and the reports of the
   * leakage checks against the test data and the validation data.
   */
  public List<ValidationReport> validationReports() {
    return validationReports;
  }

  /** Returns the token statistics of the training data. */
  public TokenStatistics tokenStatistics() {
    return trainingProfile.tokens();
  }

  /** Returns what was measured of the training data; the findings are in the reports. */
  public DatasetProfile trainingProfile() {
    return trainingProfile;
  }

  /** Returns what was measured of the validation data; empty if there is none. */
  public Optional<DatasetProfile> validationProfile() {
    return validationProfile;
  }

  /**
   * Returns what the comparison was to show, as stated before the job; empty if the run was started
   * by a release that stated nothing.
   */
  public Optional<StudyPlan> studyPlan() {
    return studyPlan;
  }

  /** Returns the estimated cost of training; empty if unknown. */
  public Optional<CostEstimate> estimate() {
    return estimate;
  }

  /** Returns the estimated and actual costs, item by item. */
  public Ledger ledger() {
    return ledger;
  }

  /** Returns the evaluations of the baselines, in the order of the plan. */
  public List<EvaluationReport> baselineReports() {
    return baselineReports;
  }

  /** Returns the ended job. */
  public FineTuningJob job() {
    return job;
  }

  /** Returns the metrics of the job, by training step. */
  public List<TrainingMetrics> metrics() {
    return metrics;
  }

  /** Returns the evaluation of the tuned model. */
  public EvaluationReport tunedReport() {
    return tunedReport;
  }

  /** Returns the decision with its reasons. */
  public Decision decision() {
    return decision;
  }

  /** Returns the deployment that was kept; empty otherwise. */
  public Optional<DeploymentReference> deployment() {
    return deployment;
  }

  /** Returns the duration of each step, in order. */
  public List<StepDuration> durations() {
    return durations;
  }

  @Override
  public String toString() {
    return "WorkflowResult(" + run + ", " + decision.verdict() + ")";
  }

  /** Builds a result. Not thread-safe. */
  public static final class Builder {
    private final RunId run;
    private final ProviderId provider;
    private final FineTuningPlan plan;
    private List<ValidationReport> validationReports = List.of();
    private @Nullable DatasetProfile trainingProfile;
    private @Nullable DatasetProfile validationProfile;
    private Optional<StudyPlan> studyPlan = Optional.empty();
    private Optional<CostEstimate> estimate = Optional.empty();
    private Ledger ledger = Ledger.empty();
    private List<EvaluationReport> baselineReports = List.of();
    private @Nullable FineTuningJob job;
    private List<TrainingMetrics> metrics = List.of();
    private @Nullable EvaluationReport tunedReport;
    private @Nullable Decision decision;
    private Optional<DeploymentReference> deployment = Optional.empty();
    private final List<StepDuration> durations = new ArrayList<>();

    private Builder(RunId run, ProviderId provider, FineTuningPlan plan) {
      this.run = run;
      this.provider = provider;
      this.plan = plan;
    }

    /** Sets the findings in the data. */
    public Builder validated(List<ValidationReport> reports) {
      validationReports = reports;
      return this;
    }

    /** Sets the profiles of the training data and of the validation data, null if there is none. */
    public Builder profiled(DatasetProfile training, @Nullable DatasetProfile validation) {
      trainingProfile = training;
      validationProfile = validation;
      return this;
    }

    /** Sets what the comparison was to show; null if nothing was stated. */
    public Builder studied(@Nullable StudyPlan stated) {
      studyPlan = Optional.ofNullable(stated);
      return this;
    }

    /** Sets the estimated cost of training; null if unknown. */
    public Builder estimate(@Nullable CostEstimate expected) {
      estimate = Optional.ofNullable(expected);
      return this;
    }

    /** Sets the costs. */
    public Builder ledger(Ledger spent) {
      ledger = spent;
      return this;
    }

    /** Sets the evaluations. */
    public Builder measured(List<EvaluationReport> baselines, EvaluationReport tuned) {
      baselineReports = baselines;
      tunedReport = tuned;
      return this;
    }

    /** Sets the ended job and its metrics. */
    public Builder trained(FineTuningJob ended, List<TrainingMetrics> measured) {
      job = ended;
      metrics = measured;
      return this;
    }

    /** Sets the decision. */
    public Builder decision(Decision made) {
      decision = made;
      return this;
    }

    /** Sets the deployment that was kept; null otherwise. */
    public Builder deployment(@Nullable DeploymentReference kept) {
      deployment = Optional.ofNullable(kept);
      return this;
    }

    /** Adds the duration of a step. */
    public Builder duration(StepDuration taken) {
      durations.add(taken);
      return this;
    }

    /** Returns the result. */
    public WorkflowResult build() {
      return new WorkflowResult(this);
    }
  }
}
