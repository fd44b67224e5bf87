package dev.finetune4j.workflow;

import dev.finetune4j.PollingSchedule;
import dev.finetune4j.ProviderId;
import dev.finetune4j.Time;
import dev.finetune4j.catalog.ModelCatalog;
import dev.finetune4j.cost.PriceBook;
import dev.finetune4j.deployment.DeploymentOperations;
import dev.finetune4j.deployment.LeaseRegistry;
import dev.finetune4j.deployment.LeaseSweeper;
import dev.finetune4j.deployment.SweepResult;
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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Performs durable runs from data to decision. The journal records each step before and after.
 * After a crash, the same call with the same id resumes the run after its last completed step,
 * without a second job and without losing a result.
 *
 * <pre>{@code
 * try (FileJournal journal = FileJournal.open(Path.of("runs"))) {
 *   FineTuningWorkflow workflow = FineTuningWorkflow.builder(provider, journal).build();
 *   WorkflowResult result = workflow.run(new RunId("recipes-1"), plan);   // also resumes the run
 * }
 * }</pre>
 *
 * <p>Thread-safe; a run has one process and thread at a time.
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
    leases = builder.leases == null ? journal.leases(time) : builder.leases;
    listener = new SafeListener(builder.listener);
  }

  /** Returns a builder; the caller owns and closes both arguments. */
  public static Builder builder(FineTuningProvider provider, WorkflowJournal journal) {
    return new Builder(provider, journal);
  }

  /**
   * Runs the plan, or resumes it after the last completed step in the journal. Blocks until the run
   * has finished: minutes to days. Pays for the job, the deployment and the answers of the models,
   * within the cost limit of the plan. Deletes overdue deployments first.
   *
   * @throws dev.finetune4j.dataset.validation.InvalidDatasetException if the data has errors;
   *     nothing was sent
   * @throws dev.finetune4j.cost.BudgetExceededException if the run would exceed the cost limit
   * @throws dev.finetune4j.job.JobFailedException if the job ended without a model
   * @throws dev.finetune4j.error.ProviderException if the provider refused or did not answer
   * @throws RunCancelledException if the run was cancelled
   * @throws JournalException if the journal cannot be written, or the run is running in another
   *     process or was started with another plan
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
    Instant begin = time.now();
    List<JournalEntry> history = journal.read(run);
    RunState state = new RunState(claim, plan, this);
    String fingerprint = begin(state, history);
    for (WorkflowStep step : STEPS) {
      Optional<StepCompleted> done = completed(history, step.step());
      if (done.isPresent()) {
        step.restore(state, done.get().result());
        listener.stepSkipped(run, step.step(), done.get().result());
      } else {
        // Reading the data counts towards the first step.
        perform(step, state, new StepStarted(step.step(), begin, fingerprint));
      }
      begin = time.now();
    }
    return state.result(StepDuration.allOf(journal.read(run)));
  }

  /**
   * Reads the data of the plan, refuses a plan that the run was not started with, and returns the
   * plan's fingerprint.
   */
  private String begin(RunState state, List<JournalEntry> history) {
    FineTuningPlan plan = state.plan();
    boolean isValidated = completed(history, Step.VALIDATE).isPresent();
    PlanData data = isValidated ? ValidateStep.readProfiles(state) : PlanData.read(plan, provider);
    PlanFingerprint fingerprint =
        PlanFingerprint.of(
            plan, isValidated ? PlanData.Fingerprints.read(plan) : data.fingerprints());
    if (history.isEmpty()) {
      state.store(PlanFingerprint.FILE, fingerprint.json());
    } else {
      fingerprint.requireSameAs(state, history);
    }
    state.begin(data, keyOf(state.run(), fingerprint.hash()));
    return fingerprint.hash();
  }

  /** Returns all runs in the journal. Sends no request. */
  public List<RunId> runs() {
    return journal.runs();
  }

  /** Returns the status of a run, whichever process runs it. Sends no request. */
  public RunStatus status(RunId run) {
    return RunStatus.of(journal, run);
  }

  /**
   * Cancels a run for good, whichever process runs it. That process stops before its next step, its
   * next request of an evaluation, or at its next poll of the job or deployment, and its {@link
   * #run} throws a {@link RunCancelledException}. Also cancels the job and deletes the deployment
   * under the leases of this workflow. A few requests. The journal stays; the run cannot be
   * resumed.
   *
   * @throws JournalException if the journal does not have the run
   */
  public void cancel(RunId run) {
    if (!journal.runs().contains(run)) {
      throw unknown(run);
    }
    journal.requestCancel(run);
    stopBilling(run);
  }

  private void stopBilling(RunId run) {
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
      sweep(run);
    }
  }

  /**
   * Deletes the deployment that a finished run has kept, which bills until then. The model and the
   * journal stay. A few requests; none if the run has no deployment.
   *
   * @return what became of each of its deployments; empty if it has none
   * @throws IllegalStateException if a process is performing the run; cancel it instead
   * @throws JournalException if the journal does not have the run
   */
  public List<SweepResult> release(RunId run) {
    if (!journal.runs().contains(run)) {
      throw unknown(run);
    }
    journal
        .owner(run)
        .ifPresent(
            owner -> {
              throw new IllegalStateException(
                  "Run "
                      + run
                      + " is being performed by "
                      + owner
                      + ". Cancel it, or wait until it has finished.");
            });
    return sweep(run);
  }

  private List<SweepResult> sweep(RunId run) {
    return leases.leases().stream()
        .filter(lease -> lease.holder().equals(run.value()))
        .map(lease -> sweeper().sweep(lease))
        .toList();
  }

  private static JournalException unknown(RunId run) {
    return new JournalException("Unknown run " + run + ": the journal does not have it.", null);
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

  private void perform(WorkflowStep step, RunState state, StepStarted start) {
    state.claim().append(start);
    listener.stepStarted(state.run(), step.step());
    state.step = step.step();
    Map<String, String> result;
    try {
      state.requireNotCancelled();
      result = step.perform(state);
    } catch (OperationInterruptedException interrupted) {
      // The step has not failed: the next start of the run continues it.
      throw interrupted;
    } catch (RuntimeException failure) {
      if (state.isCancelRequested()) {
        RunCancelledException cancelled =
            failure instanceof RunCancelledException known
                ? known
                : new RunCancelledException(state.run(), failure);
        fail(step, state, cancelled);
        // The process that cancelled the run did not see what was created after its search.
        stopBilling(state.run());
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

  /** Builds a workflow. Not thread-safe. */
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
     * Sets the prices of models; by default those of the catalog. Without a price, the cost of a
     * model is unknown, and a plan with a cost limit refuses to start.
     */
    public Builder prices(PriceBook book) {
      prices = book;
      return this;
    }

    /**
     * Sets the lifetimes of models and, unless {@link #prices} is set, their prices; by default
     * those of the provider's catalog.
     */
    public Builder catalog(ModelCatalog known) {
      catalog = known;
      return this;
    }

    /** Sets how often the job and the deployment are polled; by default the provider's schedule. */
    public Builder polling(PollingSchedule schedule) {
      polling = schedule;
      return this;
    }

    /**
     * Sets the lease registry; by default {@link WorkflowJournal#leases}, which lasts as long as
     * the journal. With a registry in memory, a crash may leave a deployment that only {@link
     * dev.finetune4j.deployment.Deployments#orphans} finds.
     */
    public Builder leases(LeaseRegistry registry) {
      leases = registry;
      return this;
    }

    /** Sets the listener; none by default. */
    public Builder listener(WorkflowListener newListener) {
      listener = newListener;
      return this;
    }

    /** Sets the clock; the system clock by default. */
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
