package dev.finetune4j.local;

import dev.finetune4j.ModelReference;
import dev.finetune4j.ProviderId;
import dev.finetune4j.Time;
import dev.finetune4j.catalog.ModelCatalog;
import dev.finetune4j.dataset.Example;
import dev.finetune4j.dataset.validation.DatasetValidator;
import dev.finetune4j.dataset.validation.InvalidDatasetException;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.job.JobHandle;
import dev.finetune4j.job.JobOperations;
import dev.finetune4j.job.JobReference;
import dev.finetune4j.local.internal.process.TrainerMain;
import dev.finetune4j.provider.Capability;
import dev.finetune4j.provider.Deployer;
import dev.finetune4j.provider.FineTuningProvider;
import dev.finetune4j.provider.ProviderGuard;
import dev.finetune4j.providerkit.catalog.MachineCatalog;
import dev.finetune4j.providerkit.process.JavaCommand;
import dev.finetune4j.providerkit.process.ProcessJobOperations;
import dev.finetune4j.providerkit.process.StoredDeployments;
import dev.finetune4j.token.TokenCounter;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.MethodKind;
import dev.finetune4j.training.SubmissionKey;
import dev.finetune4j.training.TrainingMethod;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Trains and serves small Llama-style models on this machine's processor.
 *
 * <pre>{@code
 * try (LocalProvider provider =
 *     LocalProvider.builder(Path.of("runs")).base("smollm2", Path.of("SmolLM2-135M")).build()) {
 *   JobHandle job = provider.submit(
 *       FineTuningRequest.builder(LocalProvider.TINY, SupervisedTraining.withDefaults(), data).build());
 *   ModelReference tuned = job.await(PollingSchedule.local()).requireFineTunedModel();
 * }
 * }</pre>
 *
 * <p>Training runs in a child process that outlives this application: it continues after a {@link
 * #close()}, a crash or Ctrl-C, and is found again by its reference or its submission key. One that
 * dies is started again from its last checkpoint by the next call that looks at the job. Serving
 * runs in another child, which ends with this object or this process. Both are free of charge.
 * Thread-safe; several providers, also of several applications, may use one directory.
 */
public final class LocalProvider implements FineTuningProvider {
  /** The short name of this provider. */
  public static final ProviderId ID = new ProviderId("local");

  private static final Set<MethodKind> METHODS =
      Set.of(MethodKind.SUPERVISED, MethodKind.PREFERENCE);

  /** The name of the base that the jar carries: a toy of under a million parameters. */
  public static final String TINY = "tiny";

  private static final Set<Capability> CAPABILITIES =
      Collections.unmodifiableSet(
          EnumSet.of(
              Capability.SUPERVISED_TRAINING,
              Capability.PREFERENCE_TRAINING,
              Capability.LOW_RANK_UPDATE,
              Capability.FULL_UPDATE,
              Capability.VALIDATION_DATA,
              Capability.SEED,
              Capability.CANCEL_JOB,
              Capability.PAUSE_JOB,
              Capability.JOB_EVENTS,
              Capability.CHECKPOINTS,
              Capability.LIST_JOBS,
              Capability.BASE_MODEL_INFERENCE,
              Capability.DEPLOYMENT,
              Capability.STREAMING));

  private final ProviderGuard guard = new ProviderGuard(ID);
  private final LocalBases bases;
  private final LocalTraining training;
  private final ProcessJobOperations jobs;
  private final LocalModels models;
  private final LocalServers servers;
  private final LocalDeployer deployer;
  private final Time time;
  private final Map<String, LocalTokenCounter> counters = new ConcurrentHashMap<>();

  private LocalProvider(Builder builder) {
    time = builder.time;
    Path directory = builder.directory.toAbsolutePath().normalize();
    JavaCommand java =
        ChildCommand.of(
            directory,
            builder.javaExecutable,
            builder.maximumHeapBytes,
            builder.jvmOptions,
            builder.platform);
    LocalSettings settings = new LocalSettings(directory, builder.workers, java, time);
    bases = new LocalBases(builder.bases, settings.directory());
    training = new LocalTraining(bases, builder.workers, time);
    jobs =
        ProcessJobOperations.builder(
                ID,
                settings.directory().resolve("jobs"),
                folder ->
                    settings
                        .java()
                        .running(TrainerMain.class, List.of(folder.directory().toString())))
            .time(time)
            .build();
    models = new LocalModels(bases, jobs);
    servers = new LocalServers(settings);
    LocalServing serving = new LocalServing(models, servers);
    deployer =
        new LocalDeployer(
            StoredDeployments.in(ID, settings.directory().resolve("deployments"), serving),
            serving,
            settings.directory().toString(),
            time);
  }

  /**
   * Returns a builder of a provider.
   *
   * @param directory the folder of jobs, results and deployments; created when needed
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
    return DatasetValidator.builder(method.exampleType())
        .rule(LocalRules.rule())
        .maximumTokens(bases.contextTokens(baseModel), tokenCounter(baseModel))
        .build();
  }

  /** Returns the base's tokenizer, whose counts are exact. Reads its files on the first call. */
  @Override
  public TokenCounter tokenCounter(String baseModel) {
    guard.requireOpen();
    Path folder = bases.require(baseModel);
    return counters.computeIfAbsent(baseModel, name -> LocalTokenCounter.of(folder));
  }

  /**
   * Writes the data into a job folder and starts a child process; returns before it trains. The
   * folder's name is the submission key.
   */
  @Override
  public JobHandle submit(FineTuningRequest request) {
    guard.requireOpen();
    training.check(request);
    try {
      guard.check(this, request);
    } catch (InvalidDatasetException invalid) {
      throw LocalRules.unsupported(invalid).orElseThrow(() -> invalid);
    }
    return job(jobs.submit(request.submissionKey().value(), training.contents(request)));
  }

  @Override
  public JobHandle job(JobReference reference) {
    return new JobHandle(guard.require(reference), jobOperations(), time);
  }

  @Override
  public Optional<JobReference> findJob(SubmissionKey key) {
    guard.requireOpen();
    return jobs.find(key.value());
  }

  @Override
  public JobOperations jobOperations() {
    return guard.guard(jobs);
  }

  /** Returns a base; tuned models must be deployed first. The server starts on the first call. */
  @Override
  public Optional<ChatModel> chatModel(ModelReference model) {
    return bases.knows(guard.require(model).name())
        ? Optional.of(new LocalChatModel(servers, models.require(model.name())))
        : Optional.empty();
  }

  @Override
  public Optional<Deployer> deployer() {
    guard.requireOpen();
    return Optional.of(guard.guard(deployer));
  }

  /** Returns a catalog in which every base is free. */
  @Override
  public ModelCatalog catalog() {
    return MachineCatalog.of(ID, bases.names(), METHODS, time);
  }

  /**
   * Returns the folder with the result of a tuned model: an adapter as PEFT reads it, or a whole
   * checkpoint; with the option {@code merge}, its sub-folder {@code merged} has both in one.
   *
   * @throws dev.finetune4j.error.NotFoundException if there is no such model
   */
  public Path outputFolder(ModelReference model) {
    LocalModels.Files files = models.require(guard.require(model).name());
    return files.adapter() == null ? files.checkpoint() : files.adapter();
  }

  /** Ends the servers that this object started; trainings continue. */
  @Override
  public void close() {
    guard.close();
    servers.close();
    counters.values().forEach(LocalTokenCounter::close);
    counters.clear();
  }

  /** Collects the settings. Not thread-safe. */
  public static final class Builder {
    private static final int MOST_WORKERS = 8;
    private static final Set<String> NO_JVM_OPTIONS =
        Set.of(
            "-cp", "-classpath", "--class-path", "-p", "--module-path", "-jar", "-m", "--module");

    private final Path directory;
    private final Map<String, Path> bases = new TreeMap<>();
    private int workers = Math.min(MOST_WORKERS, Runtime.getRuntime().availableProcessors());
    private @Nullable Path javaExecutable;
    private long maximumHeapBytes;
    private List<String> jvmOptions = List.of();
    private NativePlatform platform = NativePlatform.ofThisJvm();
    private Time time = Time.system();

    private Builder(Path directory) {
      this.directory = Objects.requireNonNull(directory, "directory");
    }

    /**
     * Names a base model.
     *
     * @param name letters, digits, dots, hyphens and underscores
     * @param checkpointFolder a Llama-style checkpoint: {@code config.json}, {@code
     *     tokenizer.json}, {@code *.safetensors}
     */
    public Builder base(String name, Path checkpointFolder) {
      if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
        throw new IllegalArgumentException(
            "A base's name has letters, digits, dots, hyphens and underscores: \"" + name + "\"");
      }
      bases.put(name, checkpointFolder.toAbsolutePath().normalize());
      return this;
    }

    /**
     * Sets how many cores train and answer; if not set, all, at most 8. The loss curve depends on
     * this number.
     */
    public Builder workers(int count) {
      if (count < 1) {
        throw new IllegalArgumentException("There must be at least 1 worker, not " + count + ".");
      }
      workers = count;
      return this;
    }

    /** Sets the {@code java} of the children; this JVM's own if not set. */
    public Builder javaExecutable(Path executable) {
      javaExecutable = executable;
      return this;
    }

    /**
     * Sets the maximum heap of a child in bytes, which does not contain the weights; the JVM's
     * default if not set.
     */
    public Builder maximumHeap(long bytes) {
      maximumHeapBytes = bytes;
      return this;
    }

    /**
     * Sets options of the JVMs that train and serve, for example {@code
     * -Djava.io.tmpdir=/data/tmp}. They come after this provider's own options, so they win; for
     * the heap there is {@link #maximumHeap}. Replaces those of an earlier call.
     *
     * @param options each begins with a hyphen and contains its value: {@code
     *     --add-opens=java.base/java.nio=ALL-UNNAMED}
     */
    public Builder jvmOptions(String... options) {
      for (String option : options) {
        if (!option.startsWith("-") || NO_JVM_OPTIONS.contains(option)) {
          throw new IllegalArgumentException(
              "jvmOptions takes options of the JVM, each in one text with its value, such as"
                  + " -Dname=value, and no class path and no main class; not \""
                  + option
                  + "\".");
        }
      }
      jvmOptions = List.of(options);
      return this;
    }

    /** Sets the clock; the system's if not set. */
    public Builder time(Time clock) {
      time = clock;
      return this;
    }

    /** Sets the platform; for tests. */
    Builder platform(NativePlatform seeming) {
      platform = seeming;
      return this;
    }

    /**
     * Returns the provider. Looks up the classes and the native libraries of the child processes.
     * In an executable jar of Spring Boot, the first call copies the nested jars into the folder
     * {@code class-path} of the provider's directory, which takes about as much room as the
     * application's jar.
     *
     * @throws IllegalStateException if child processes cannot run: there are no native libraries
     *     for this platform, or they or the classes are in no place that a child can read, or there
     *     is no {@code java}; the message says what to do
     */
    public LocalProvider build() {
      return new LocalProvider(this);
    }
  }
}
