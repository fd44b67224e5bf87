package dev.finetune4j.workflow;

import dev.finetune4j.PollingSchedule;
import dev.finetune4j.ProviderId;
import dev.finetune4j.Time;
import dev.finetune4j.catalog.ModelCatalog;
import dev.finetune4j.cost.PriceBook;
import dev.finetune4j.deployment.DeploymentOperations;
import dev.finetune4j.deployment.InMemoryLeaseRegistry;
import dev.finetune4j.deployment.LeaseRegistry;
import dev.finetune4j.deployment.LeaseSweeper;
import dev.finetune4j.error.FineTuningException;
import dev.finetune4j.error.OperationInterruptedException;
import dev.finetune4j.job.JobHandle;
import dev.finetune4j.provider.Deployer;
import dev.finetune4j.provider.FineTuningProvider;
import dev.finetune4j.training.SubmissionKey;
import dev.finetune4j.workflow.journal.JournalEntry;
import dev.finetune4j.workflow.journal.JournalEntry.StepCompleted;
import dev.finetune4j.workflow.journal.JournalEntry.StepFailed;
import dev.finetune4j.workflow.journal.JournalEntry.StepStarted;
import dev.finetune4j.workflow.journal.JournalException;
import dev.finetune4j.workflow.journal.RunClaim;
import dev.finetune4j.workflow.journal.RunId;
import dev.finetune4j.workflow.journal.Step;
import dev.finetune4j.workflow.journal.WorkflowJournal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A durable run from data to decision. Each step is written to the journal before it acts and
 * after; a run that died is started again under the same id and goes on where the journal stops,
 * without a second job and without losing a result.
 *
 * <pre>{@code
 * try (FileJournal journal = FileJournal.open(Path.of("runs"))) {
 *   FineTuningWorkflow workflow = FineTuningWorkflow.builder(provider, journal).build();
 *   WorkflowResult result = workflow.run(new RunId("recipes-1"), plan);   // again after a crash: the same line
 * }
 * }</pre>
 *
 * <p>Thread-safe; one run can be under way only once at a time.
 */
public final class FineTuningWorkflow {
  private static final List<WorkflowStep> STEPS =
      List.of(
          new ValidateStep(),
          new EstimateStep(),
          new BaselineStep(),
          new SubmitStep(),
          new AwaitStep(),
          new DeployStep(),
          new EvaluateStep(),
          new DecideStep(),
          new SettleStep());

  private final FineTuningProvider provider;
  private final WorkflowJournal journal;
  private final PriceBook prices;
  private final ModelCatalog catalog;
  private final @Nullable PollingSchedule polling;
  private final LeaseRegistry leases;
  private final WorkflowListener listener;
  private final Time time;

  private FineTuningWorkflow(Builder builder) {
    provider = builder.provider;
    journal = builder.journal;
    catalog = builder.catalog == null ? provider.catalog() : builder.catalog;
    prices = builder.prices == null ? catalog : builder.prices;
    polling = builder.polling;
    time = builder.time;
    leases = builder.leases == null ? new InMemoryLeaseRegistry(time) : builder.leases;
    listener = new SafeListener(builder.listener);
  }

  /** Starts a workflow on this provider; the caller owns and closes both arguments. */
  public static Builder builder(FineTuningProvider provider, WorkflowJournal journal) {
    return new Builder(provider, journal);
  }

  /**
   * Runs the plan to its end, or goes on with it where the journal of {@code run} stops. Blocks
   * until the job has ended and everything is measured: minutes to days. Costs what {@link
   * Step#SUBMIT}, {@link Step#DEPLOY} and the answers of the models cost, within the ceiling of the
   * plan.
   *
   * @throws dev.finetune4j.dataset.validation.InvalidDatasetException if the data has errors;
   *     nothing was sent
   * @throws dev.finetune4j.cost.BudgetExceededException if the ceiling stands against it
   * @throws dev.finetune4j.job.JobFailedException if the job ended without a model
   * @throws dev.finetune4j.error.ProviderException if the provider refused or was out of reach
   * @throws RunCancelledException if somebody cancelled the run
   * @throws JournalException if the journal cannot be written, another process has the run, or was
   *     started with another plan
   * @throws OperationInterruptedException if the thread is interrupted; job and deployment
   *     continue, and the run can be resumed
   */
  public WorkflowResult run(RunId run, FineTuningPlan plan) {
    sweeper().sweep();
    try (RunClaim claim = journal.claim(run)) {
      return run(claim, plan);
    }
  }

  private WorkflowResult run(RunClaim claim, FineTuningPlan plan) {
    RunId run = claim.run();
    String fingerprint = PlanFingerprint.of(plan);
    List<JournalEntry> history = journal.read(run);
    requireSamePlan(run, history, fingerprint);
    RunState state = new RunState(claim, plan, this, keyOf(run, fingerprint));
    for (WorkflowStep step : STEPS) {
      Optional<StepCompleted> done = completed(history, step.step());
      if (done.isPresent()) {
        step.restore(state, done.get().result());
        listener.stepSkipped(run, step.step(), done.get().result());
      } else {
        perform(step, state, fingerprint);
      }
    }
    return state.result(StepTimes.of(journal.read(run)));
  }

  /** Returns every run in the journal. Makes no request. */
  public List<RunId> runs() {
    return journal.runs();
  }

  /** Returns how a run is, also one that another process runs. Makes no request. */
  public RunStatus status(RunId run) {
    return RunStatus.of(journal, run);
  }

  /**
   * Cancels a run for good, also one that another process runs: that process stops before its next
   * step, question or look at the job, and its {@link #run} throws a {@link RunCancelledException}.
   * Asks the provider to cancel the job and ends the leases that the run holds in this workflow's
   * registry. A few requests. The journal stays; the run cannot be resumed.
   *
   * @throws JournalException if the journal has no such run
   */
  public void cancel(RunId run) {
    if (!journal.runs().contains(run)) {
      throw new JournalException("There is no run " + run + " in the journal.", null);
    }
    journal.requestCancel(run);
    endAll(run);
  }

  private void endAll(RunId run) {
    try {
      journal.read(run).stream()
          .filter(StepStarted.class::isInstance)
          .findFirst()
          .map(first -> keyOf(run, ((StepStarted) first).inputFingerprint()))
          .flatMap(provider::findJob)
          .map(provider::job)
          .filter(job -> !job.refresh().status().isTerminal())
          .ifPresent(JobHandle::cancel);
    } finally {
      leases.leases().stream()
          .filter(lease -> lease.holder().equals(run.value()))
          .forEach(lease -> sweeper().sweep(lease));
    }
  }

  FineTuningProvider provider() {
    return provider;
  }

  WorkflowJournal journal() {
    return journal;
  }

  PriceBook prices() {
    return prices;
  }

  ModelCatalog catalog() {
    return catalog;
  }

  PollingSchedule polling() {
    return polling == null ? provider.jobOperations().polling() : polling;
  }

  LeaseRegistry leases() {
    return leases;
  }

  WorkflowListener listener() {
    return listener;
  }

  Time time() {
    return time;
  }

  LeaseSweeper sweeper() {
    Map<ProviderId, DeploymentOperations> operations =
        provider
            .deployer()
            .map(Deployer::operations)
            .map(o -> Map.of(provider.id(), o))
            .orElse(Map.of());
    return new LeaseSweeper(leases, operations, time);
  }

  private void perform(WorkflowStep step, RunState state, String fingerprint) {
    state.claim().append(new StepStarted(step.step(), time.now(), fingerprint));
    listener.stepStarted(state.run(), step.step());
    state.step = step.step();
    Map<String, String> result;
    try {
      state.requireNotCancelled();
      result = step.perform(state);
    } catch (OperationInterruptedException interrupted) {
      // The step has not failed: the next start of the run goes on with it.
      throw interrupted;
    } catch (RuntimeException failure) {
      if (state.isCancelRequested()) {
        RunCancelledException cancelled =
            failure instanceof RunCancelledException known
                ? known
                : new RunCancelledException(state.run(), failure);
        fail(step, state, cancelled);
        // The canceller cannot see what was made after it looked.
        endAll(state.run());
        throw cancelled;
      }
      fail(step, state, failure);
      throw failure;
    }
    state.claim().append(new StepCompleted(step.step(), time.now(), result));
    step.restore(state, result);
    listener.stepCompleted(state.run(), step.step(), result);
  }

  private void fail(WorkflowStep step, RunState state, RuntimeException failure) {
    String reason = failure.getClass().getSimpleName() + ": " + failure.getMessage();
    boolean retryable = failure instanceof FineTuningException known && known.isRetryable();
    try {
      state.claim().append(new StepFailed(step.step(), time.now(), reason, retryable));
    } catch (JournalException alsoBroken) {
      failure.addSuppressed(alsoBroken);
    }
    listener.stepFailed(state.run(), step.step(), reason);
  }

  private static SubmissionKey keyOf(RunId run, String fingerprint) {
    String hash = PlanFingerprint.sha256(run.value() + "\n" + fingerprint);
    return new SubmissionKey("ft4j-" + hash.substring(0, 20));
  }

  private static Optional<StepCompleted> completed(List<JournalEntry> history, Step step) {
    return history.stream()
        .filter(StepCompleted.class::isInstance)
        .map(StepCompleted.class::cast)
        .filter(entry -> entry.step() == step)
        .findFirst();
  }

  private static void requireSamePlan(RunId run, List<JournalEntry> history, String fingerprint) {
    for (JournalEntry entry : history) {
      if (entry instanceof StepStarted started && !started.inputFingerprint().equals(fingerprint)) {
        throw new JournalException(
            "Run "
                + run
                + " was started with another plan: its model, method, data, graders or baselines were different."
                + " Use another run id, or go back to the plan of then.",
            null);
      }
    }
  }

  /** Collects the parts of a workflow. Not thread-safe. */
  public static final class Builder {
    private final FineTuningProvider provider;
    private final WorkflowJournal journal;
    private @Nullable PriceBook prices;
    private @Nullable ModelCatalog catalog;
    private @Nullable PollingSchedule polling;
    private @Nullable LeaseRegistry leases;
    private WorkflowListener listener = WorkflowListener.NONE;
    private Time time = Time.system();

    private Builder(FineTuningProvider provider, WorkflowJournal journal) {
      this.provider = Objects.requireNonNull(provider, "provider");
      this.journal = Objects.requireNonNull(journal, "journal");
    }

    /**
     * Sets what models cost; the catalog's prices if not set. A model without a price has an
     * unknown cost, and a plan with a ceiling refuses to start.
     */
    public Builder prices(PriceBook book) {
      prices = book;
      return this;
    }

    /**
     * Sets how long models live and, unless {@link #prices} is set as well, what they cost; the
     * provider's catalog if not set.
     */
    public Builder catalog(ModelCatalog known) {
      catalog = known;
      return this;
    }

    /** Sets how often to ask about a job and a deployment; the provider's schedule if not set. */
    public Builder polling(PollingSchedule schedule) {
      polling = schedule;
      return this;
    }

    /**
     * Sets where leases are kept. In memory if not set: then a crash leaves a deployment standing
     * that only {@link dev.finetune4j.deployment.Deployments#orphans} finds.
     */
    public Builder leases(LeaseRegistry registry) {
      leases = registry;
      return this;
    }

    /** Sets who is told how the run goes. */
    public Builder listener(WorkflowListener told) {
      listener = told;
      return this;
    }

    /** Sets the clock; this machine's if not set. */
    public Builder time(Time clock) {
      time = clock;
      return this;
    }

    /** Returns the workflow. */
    public FineTuningWorkflow build() {
      return new FineTuningWorkflow(this);
    }
  }
}
