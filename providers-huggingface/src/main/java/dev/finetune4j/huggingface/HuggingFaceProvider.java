package dev.finetune4j.huggingface;

import dev.finetune4j.ModelReference;
import dev.finetune4j.ProviderId;
import dev.finetune4j.Time;
import dev.finetune4j.catalog.ModelCatalog;
import dev.finetune4j.dataset.Example;
import dev.finetune4j.dataset.validation.DatasetValidator;
import dev.finetune4j.huggingface.internal.trl.TrlEnvironment;
import dev.finetune4j.huggingface.internal.trl.TrlErrors;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.job.JobHandle;
import dev.finetune4j.job.JobOperations;
import dev.finetune4j.job.JobReference;
import dev.finetune4j.provider.Capability;
import dev.finetune4j.provider.Deployer;
import dev.finetune4j.provider.FineTuningProvider;
import dev.finetune4j.providerkit.process.StoredDeployments;
import dev.finetune4j.token.EstimatedTokenCounter;
import dev.finetune4j.token.TokenCounter;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.SubmissionKey;
import dev.finetune4j.training.TrainingMethod;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Fine-tunes open models with Hugging Face's TRL in processes of this machine, on its graphics card
 * or its processor, and serves them here.
 *
 * <pre>{@code
 * try (HuggingFaceProvider provider = HuggingFaceProvider.builder(Path.of("runs")).build()) {
 *   JobHandle job = provider.submit(
 *       FineTuningRequest.builder("HuggingFaceTB/SmolLM2-135M-Instruct", SupervisedTraining.withDefaults(), data)
 *           .build());
 *   ModelReference tuned = job.await(PollingSchedule.local()).requireFineTunedModel();
 * }
 * }</pre>
 *
 * <p>A base is a folder that the builder names, or the name of a repository on the Hub, which
 * Python fetches into its usual cache with the token that it finds there. Training runs in a child
 * process that outlives this application and is found again by its reference or its submission key;
 * one that dies is started again from its last checkpoint by whoever looks at the job. Options of a
 * request are settings of TRL by their own names, besides {@code merge}, {@code checkpoint_steps},
 * {@code threads}, {@code revision}, {@code chat_template} and {@code accelerate}; one that TRL
 * does not know is refused. Thread-safe; several providers, also of several applications, may use
 * one directory.
 */
public final class HuggingFaceProvider implements FineTuningProvider {
  /** The short name of this provider. */
  public static final ProviderId ID = TrlErrors.PROVIDER;

  private static final Set<Capability> CAPABILITIES =
      Collections.unmodifiableSet(
          EnumSet.of(
              Capability.SUPERVISED_TRAINING,
              Capability.PREFERENCE_TRAINING,
              Capability.REINFORCEMENT_TRAINING,
              Capability.LOW_RANK_UPDATE,
              Capability.FULL_UPDATE,
              Capability.VALIDATION_DATA,
              Capability.SEED,
              Capability.TOOLS,
              Capability.CANCEL_JOB,
              Capability.PAUSE_JOB,
              Capability.JOB_EVENTS,
              Capability.CHECKPOINTS,
              Capability.LIST_JOBS,
              Capability.BASE_MODEL_INFERENCE,
              Capability.DEPLOYMENT,
              Capability.STREAMING));

  private final HuggingFaceSettings settings;
  private final HuggingFaceBases bases;
  private final HuggingFaceRunner runner;
  private final TrlModels models;
  private final TrlServers servers;
  private final TrlDeployer deployer;

  private HuggingFaceProvider(Builder builder) {
    settings =
        new HuggingFaceSettings(
            builder.directory.toAbsolutePath().normalize(),
            builder.environment,
            TrlAccelerator.ofThisMachine(),
            builder.server,
            builder.time);
    bases = new HuggingFaceBases(builder.bases);
    TrlProcesses processes = new TrlProcesses(settings, bases);
    runner = processes;
    models = new TrlModels(bases, processes.folders());
    servers = new TrlServers(settings);
    TrlServing serving = new TrlServing(models, servers);
    deployer =
        new TrlDeployer(
            StoredDeployments.in(ID, settings.directory().resolve("deployments"), serving),
            serving,
            settings.time());
  }

  /**
   * Starts the settings of a provider.
   *
   * @param directory where jobs, results and deployments are kept; made when it is needed
   */
  public static Builder builder(Path directory) {
    return new Builder(directory);
  }

  @Override
  public ProviderId id() {
    return ID;
  }

  @Override
  public Set<Capability> capabilities() {
    return CAPABILITIES;
  }

  @Override
  public <E extends Example> DatasetValidator<E> validator(
      String baseModel, TrainingMethod<E> method) {
    return DatasetValidator.builder(method.exampleType()).build();
  }

  /** Returns an estimate: the tokenizers of open models differ. */
  @Override
  public TokenCounter tokenCounter(String baseModel) {
    return new EstimatedTokenCounter();
  }

  /**
   * Writes the data into a job folder and starts a child process; returns before it trains. The
   * folder's name is the submission key. The first call on a machine builds the Python environment
   * unless an interpreter is named: minutes, and some gigabytes.
   */
  @Override
  public JobHandle submit(FineTuningRequest request) {
    return job(runner.submit(request));
  }

  @Override
  public JobHandle job(JobReference reference) {
    return new JobHandle(reference, runner.operations(), settings.time());
  }

  @Override
  public Optional<JobReference> findJob(SubmissionKey key) {
    return runner.find(key);
  }

  @Override
  public JobOperations jobOperations() {
    return runner.operations();
  }

  /** Returns a base; a tuned model is deployed first. The server starts at the first question. */
  @Override
  public Optional<ChatModel> chatModel(ModelReference model) {
    return model.provider().equals(ID) && bases.isBase(model.name())
        ? Optional.of(new TrlChatModel(servers, models.require(model.name())))
        : Optional.empty();
  }

  @Override
  public Optional<Deployer> deployer() {
    return Optional.of(deployer);
  }

  /** Returns what the named bases cost here, which is nothing that anybody bills. */
  public ModelCatalog catalog() {
    return HuggingFaceCatalog.ofThisMachine(bases.names(), settings.time());
  }

  /**
   * Returns the folder with the result of a tuned model: an adapter as PEFT reads it, or a whole
   * checkpoint; with the option {@code merge}, its sub-folder {@code merged} has both in one.
   *
   * @throws dev.finetune4j.error.NotFoundException if there is no such model
   */
  public Path outputFolder(ModelReference model) {
    Path folder = models.require(model.name()).folder();
    if (folder == null) {
      throw TrlErrors.notFound("\"" + model.name() + "\" is a base and not the result of a job.");
    }
    return folder;
  }

  /** Ends the servers that this object started; trainings go on. */
  @Override
  public void close() {
    servers.close();
  }

  /** Collects the settings. Not thread-safe. */
  public static final class Builder {
    private final Path directory;
    private final Map<String, Path> bases = new TreeMap<>();
    private TrlEnvironment environment = TrlEnvironment.builtIn(TrlEnvironment.userCache());
    private ServerOptions server = ServerOptions.transformers();
    private Time time = Time.system();

    private Builder(Path directory) {
      this.directory = Objects.requireNonNull(directory, "directory");
    }

    /**
     * Names a base model that lies in a folder.
     *
     * @param name letters, digits, dots, hyphens, underscores and slashes
     * @param checkpointFolder a checkpoint with its tokenizer, as transformers loads it
     */
    public Builder base(String name, Path checkpointFolder) {
      if (!name.matches("[A-Za-z0-9][A-Za-z0-9._/-]*")) {
        throw new IllegalArgumentException(
            "A base's name has letters, digits, dots, hyphens, underscores and slashes: \""
                + name
                + "\"");
      }
      bases.put(name, checkpointFolder.toAbsolutePath().normalize());
      return this;
    }

    /**
     * Sets a Python that has torch, transformers, trl and peft; if not set, one is built at its
     * first use in {@code ~/.cache/finetune4j}.
     */
    public Builder interpreter(@Nullable Path python) {
      environment =
          python == null
              ? TrlEnvironment.builtIn(TrlEnvironment.userCache())
              : TrlEnvironment.of(python);
      return this;
    }

    /** Sets where the Python environment is built. */
    public Builder environmentCache(Path folder) {
      environment = TrlEnvironment.builtIn(folder);
      return this;
    }

    /** Sets how models are served; {@link ServerOptions#transformers()} if not set. */
    public Builder server(ServerOptions options) {
      server = Objects.requireNonNull(options, "options");
      return this;
    }

    /** Sets the clock; the system's if not set. */
    public Builder time(Time clock) {
      time = clock;
      return this;
    }

    /** Returns the provider. No I/O. */
    public HuggingFaceProvider build() {
      return new HuggingFaceProvider(this);
    }
  }
}
