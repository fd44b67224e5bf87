package dev.finetune4j.workflow;

import dev.finetune4j.ProviderId;
import dev.finetune4j.cost.CostEstimate;
import dev.finetune4j.cost.Ledger;
import dev.finetune4j.dataset.validation.ValidationReport;
import dev.finetune4j.decision.Decision;
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

/** What a whole run came to. Immutable and thread-safe. */
public final class WorkflowResult {
  private final RunId run;
  private final ProviderId provider;
  private final FineTuningPlan plan;
  private final List<ValidationReport> validationReports;
  private final TokenStatistics tokenStatistics;
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
    tokenStatistics = Objects.requireNonNull(builder.tokenStatistics, "tokenStatistics");
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

  /** Starts a result; the workflow fills it, and tests of what reads it. */
  public static Builder builder(RunId run, ProviderId provider, FineTuningPlan plan) {
    return new Builder(run, provider, plan);
  }

  /** Returns the name of the run. */
  public RunId run() {
    return run;
  }

  /** Returns who trained. */
  public ProviderId provider() {
    return provider;
  }

  /** Returns what was asked for. */
  public FineTuningPlan plan() {
    return plan;
  }

  /**
   * Returns what the checks found: of the training data, of the validation data, and of what the
   * training data shares with the test data and with the validation data.
   */
  public List<ValidationReport> validationReports() {
    return validationReports;
  }

  /** Returns the tokens of the training data. */
  public TokenStatistics tokenStatistics() {
    return tokenStatistics;
  }

  /** Returns what training was expected to cost; empty if that was unknown. */
  public Optional<CostEstimate> estimate() {
    return estimate;
  }

  /** Returns what was expected and what was spent, item by item. */
  public Ledger ledger() {
    return ledger;
  }

  /** Returns how the alternatives did, in the order of the plan. */
  public List<EvaluationReport> baselineReports() {
    return baselineReports;
  }

  /** Returns the job as it ended. */
  public FineTuningJob job() {
    return job;
  }

  /** Returns what the job measured, by step. */
  public List<TrainingMetrics> metrics() {
    return metrics;
  }

  /** Returns how the tuned model did. */
  public EvaluationReport tunedReport() {
    return tunedReport;
  }

  /** Returns the decision with its reasons. */
  public Decision decision() {
    return decision;
  }

  /** Returns the deployment that still stands; empty if there is none. */
  public Optional<DeploymentReference> deployment() {
    return deployment;
  }

  /** Returns how long each step took, in their order. */
  public List<StepDuration> durations() {
    return durations;
  }

  @Override
  public String toString() {
    return "WorkflowResult(" + run + ", " + decision.verdict() + ")";
  }

  /** Collects the parts of a result. Not thread-safe. */
  public static final class Builder {
    private final RunId run;
    private final ProviderId provider;
    private final FineTuningPlan plan;
    private List<ValidationReport> validationReports = List.of();
    private @Nullable TokenStatistics tokenStatistics;
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

    /** Sets what the checks found and what the training data's tokens look like. */
    public Builder validated(List<ValidationReport> reports, TokenStatistics tokens) {
      validationReports = reports;
      tokenStatistics = tokens;
      return this;
    }

    /** Sets what training was expected to cost; null if that was unknown. */
    public Builder estimate(@Nullable CostEstimate expected) {
      estimate = Optional.ofNullable(expected);
      return this;
    }

    /** Sets what was spent. */
    public Builder ledger(Ledger spent) {
      ledger = spent;
      return this;
    }

    /** Sets how the alternatives and the tuned model did. */
    public Builder measured(List<EvaluationReport> baselines, EvaluationReport tuned) {
      baselineReports = baselines;
      tunedReport = tuned;
      return this;
    }

    /** Sets the job as it ended, and what it measured. */
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

    /** Sets the deployment that still stands; null if there is none. */
    public Builder deployment(@Nullable DeploymentReference standing) {
      deployment = Optional.ofNullable(standing);
      return this;
    }

    /** Adds how long a step took. */
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
