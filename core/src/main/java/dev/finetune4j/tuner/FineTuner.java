package dev.finetune4j.tuner;

import dev.finetune4j.ModelReference;
import dev.finetune4j.Time;
import dev.finetune4j.deployment.Capacity;
import dev.finetune4j.deployment.DeploymentSpec;
import dev.finetune4j.deployment.FileLeaseRegistry;
import dev.finetune4j.deployment.SweepResult;
import dev.finetune4j.provider.DeployedModel;
import dev.finetune4j.provider.Deployer;
import dev.finetune4j.provider.FineTuningProvider;
import dev.finetune4j.workflow.FineTuningPlan;
import dev.finetune4j.workflow.FineTuningWorkflow;
import dev.finetune4j.workflow.RunStatus;
import dev.finetune4j.workflow.journal.FileJournal;
import dev.finetune4j.workflow.journal.RunId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Finds out whether fine-tuning pays, and keeps what its runs need in one directory: the journal,
 * from which a run that died is resumed, and the leases of deployments.
 *
 * <pre>{@code
 * FineTuningPlan plan =
 *     FineTuningPlan.supervised("gpt-4.1-mini-2025-04-14", data.split(0.9, 7))
 *         .grader(exact())
 *         .baselines(zeroShot(), fewShot(4))
 *         .build();
 * FineTuner.in(directory, provider).run("first", plan).writeReport(directory);
 * }</pre>
 *
 * <p>To keep runs in a database, use {@link FineTuningWorkflow}. Immutable and thread-safe; the
 * caller closes the provider.
 */
public final class FineTuner {
  private final Path directory;
  private final FineTuningProvider provider;
  private final Consumer<FineTuningWorkflow.Builder> settings;

  private FineTuner(
      Path directory, FineTuningProvider provider, Consumer<FineTuningWorkflow.Builder> settings) {
    this.directory = Objects.requireNonNull(directory, "directory");
    this.provider = Objects.requireNonNull(provider, "provider");
    this.settings = Objects.requireNonNull(settings, "settings");
  }

  /**
   * Returns a fine-tuner. No I/O.
   *
   * @param directory created when it is needed
   */
  public static FineTuner in(Path directory, FineTuningProvider provider) {
    return new FineTuner(directory, provider, workflow -> {});
  }

  /**
   * Returns this fine-tuner with other settings of its runs, for example {@code workflow ->
   * workflow.listener(ConsoleProgress.to(System.out))}. Replaces those of an earlier call.
   */
  public FineTuner with(Consumer<FineTuningWorkflow.Builder> workflowSettings) {
    return new FineTuner(directory, provider, workflowSettings);
  }

  /**
   * Runs the plan, or resumes the run of that name; {@link FineTuningWorkflow#run} says what it
   * costs and throws. Blocks for minutes to days.
   *
   * @param name 1 to 60 letters, digits, hyphens, underscores or dots
   */
  public FinishedRun run(String name, FineTuningPlan plan) {
    return new FinishedRun(call(workflow -> workflow.run(new RunId(name), plan)));
  }

  /** Returns the names of all runs in the directory. No request. */
  public List<RunId> runs() {
    return call(FineTuningWorkflow::runs);
  }

  /** Returns the state of a run, also of one in another process. No request. */
  public RunStatus status(String name) {
    return call(workflow -> workflow.status(new RunId(name)));
  }

  /** Cancels a run for good, with its job and deployment: {@link FineTuningWorkflow#cancel}. */
  public void cancel(String name) {
    call(
        workflow -> {
          workflow.cancel(new RunId(name));
          return name;
        });
  }

  /**
   * Deletes the deployment that a finished run has kept, which bills until then: {@link
   * FineTuningWorkflow#release}.
   */
  public List<SweepResult> release(String name) {
    return call(workflow -> workflow.release(new RunId(name)));
  }

  /** Deploys a model as {@link FineTuningProvider#deploy} does, its lease in this directory. */
  public DeployedModel deploy(ModelReference model, String name, Duration timeToLive) {
    return provider
        .requireDeployer()
        .deploy(DeploymentSpec.of(model, name, Capacity.serverless()), timeToLive, leases());
  }

  private FileLeaseRegistry leases() {
    return FileLeaseRegistry.open(directory.resolve("leases"), time());
  }

  private Time time() {
    return provider.deployer().map(Deployer::time).orElseGet(Time::system);
  }

  private <T> T call(Function<FineTuningWorkflow, T> action) {
    try (FileJournal journal = FileJournal.open(directory.resolve("journal"))) {
      FineTuningWorkflow.Builder workflow =
          FineTuningWorkflow.builder(provider, journal).time(time()).leases(leases());
      settings.accept(workflow);
      return action.apply(workflow.build());
    }
  }
}
