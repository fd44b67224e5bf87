package dev.finetune4j.openai;

import dev.finetune4j.ModelReference;
import dev.finetune4j.ProviderId;
import dev.finetune4j.Time;
import dev.finetune4j.catalog.CatalogEntry;
import dev.finetune4j.catalog.ModelCatalog;
import dev.finetune4j.dataset.Example;
import dev.finetune4j.dataset.validation.DatasetValidator;
import dev.finetune4j.error.UnsupportedCapabilityException;
import dev.finetune4j.inference.BatchChatModel;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.inference.EmbeddingModel;
import dev.finetune4j.job.JobHandle;
import dev.finetune4j.job.JobOperations;
import dev.finetune4j.job.JobReference;
import dev.finetune4j.job.TrainingMetrics;
import dev.finetune4j.provider.Capability;
import dev.finetune4j.provider.Deployer;
import dev.finetune4j.provider.FineTuningProvider;
import dev.finetune4j.provider.ProviderGuard;
import dev.finetune4j.providerkit.Credential;
import dev.finetune4j.providerkit.Environment;
import dev.finetune4j.providerkit.HttpSettings;
import dev.finetune4j.providerkit.HttpTransport;
import dev.finetune4j.providerkit.batch.BatchModel;
import dev.finetune4j.providerkit.batch.ChatBatches;
import dev.finetune4j.providerkit.catalog.ModelList;
import dev.finetune4j.providerkit.chat.RemoteEmbeddingModel;
import dev.finetune4j.providerkit.file.FileOperations;
import dev.finetune4j.providerkit.file.FileSettings;
import dev.finetune4j.providerkit.file.ProcessedFiles;
import dev.finetune4j.providerkit.grader.ServiceGraders;
import dev.finetune4j.providerkit.job.CheckpointPermissions;
import dev.finetune4j.providerkit.job.ImageRule;
import dev.finetune4j.providerkit.job.NameRule;
import dev.finetune4j.providerkit.token.OpenAiTokenCounter;
import dev.finetune4j.providerkit.webhook.Webhooks;
import dev.finetune4j.token.TokenCounter;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.SubmissionKey;
import dev.finetune4j.training.TrainingMethod;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Fine-tunes and calls models at OpenAI, or at any server that speaks its dialect.
 *
 * <pre>{@code
 * try (OpenAiProvider provider = OpenAiProvider.fromEnvironment()) {
 *   FineTuningRequest request = FineTuningRequest.supervised("gpt-4.1-mini-2025-04-14", data);
 *   ModelReference tuned = provider.submit(request).await().requireFineTunedModel();
 *   String answer = provider.requireChatModel(tuned).chat("Hello");
 * }
 * }</pre>
 *
 * <p>Training is billed by the token and continues when this object is closed or the application
 * ends. A job can be found by its reference or its submission key, which is stored in the job's
 * metadata. A tuned model answers without a deployment until its base is shut down. An organization
 * that may no longer train gets a {@link dev.finetune4j.error.TrainingClosedException}.
 * Thread-safe.
 */
public final class OpenAiProvider implements FineTuningProvider {
  /** The short name of this provider. */
  public static final ProviderId ID = new ProviderId("openai");

  private static final long MINIMUM_EXAMPLES = 10;
  private static final long USUAL_CONTEXT = 65_536;

  private final ProviderGuard guard = new ProviderGuard(ID);
  private final HttpTransport transport;
  private final OpenAiCapabilities capabilities;
  private final FileOperations files;
  private final OpenAiJobs jobs;
  private final OpenAiModels models;
  private final ModelCatalog catalog = OpenAiCatalog.read();
  private final @Nullable Supplier<String> administratorKey;
  private final List<String> webhookSecrets;
  private final Time time;

  OpenAiProvider(Builder options, HttpTransport transport) {
    this.transport = transport;
    time = options.time;
    administratorKey = options.administratorKey;
    webhookSecrets = options.webhookSecrets;
    boolean dated = options.baseUrl.host().endsWith("api.openai.com");
    capabilities = new OpenAiCapabilities(options.without, dated);
    files = new FileOperations(transport, FileSettings.standard(), time);
    jobs = new OpenAiJobs(transport, capabilities, ProcessedFiles.of(files)::ensureReady, time);
    models = new OpenAiModels(transport, capabilities, time);
  }

  /** Returns a builder of settings; the API key is required. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Returns a provider configured by environment variables, which are read once: {@code
   * OPENAI_API_KEY}, and if set {@code OPENAI_ADMIN_KEY}, {@code OPENAI_ORG_ID}, {@code
   * OPENAI_PROJECT_ID}, {@code OPENAI_BASE_URL} and {@code OPENAI_WEBHOOK_SECRET}.
   *
   * @throws IllegalArgumentException if the key is not set
   */
  public static OpenAiProvider fromEnvironment() {
    return fromEnvironment(System.getenv());
  }

  /** Returns a provider configured by these variables; see {@link #fromEnvironment()}. */
  public static OpenAiProvider fromEnvironment(Map<String, String> environment) {
    return builder().environment(environment).build();
  }

  @Override
  public ProviderId id() {
    return ID;
  }

  @Override
  public Set<Capability> capabilities() {
    return capabilities.offered();
  }

  /**
   * Returns the last day on which OpenAI offers a capability, as announced; empty for other
   * servers.
   */
  @Override
  public Optional<LocalDate> availableUntil(Capability capability) {
    return capabilities.until(capability);
  }

  /** Returns what OpenAI itself ends and when, each with its source; the same for any server. */
  public List<String> notices() {
    return OpenAiCatalog.notices();
  }

  @Override
  public <E extends Example> DatasetValidator<E> validator(
      String baseModel, TrainingMethod<E> method) {
    Optional<CatalogEntry> known = catalog.find(baseModel);
    return DatasetValidator.builder(method.exampleType())
        .rule(new OpenAiRules<E>())
        .rule(new ImageRule<E>("OpenAI", known))
        .rule(new NameRule<E>())
        .minimumExamples(
            known.map(entry -> entry.minimumExamples().orElse(0)).orElse(MINIMUM_EXAMPLES))
        .maximumTokens(
            known.map(entry -> entry.contextTokens().orElse(USUAL_CONTEXT)).orElse(USUAL_CONTEXT),
            tokenCounter(baseModel))
        .build();
  }

  /** Returns a token counter, exact for text; loads a few megabytes on first use. */
  @Override
  public TokenCounter tokenCounter(String baseModel) {
    return OpenAiTokenCounter.forModel(baseModel);
  }

  /**
   * Uploads the data unless the account already has it, waits until the service has processed it,
   * and creates one job, which is billed. At least two requests. See {@link
   * dev.finetune4j.providerkit.job.Submission} for what happens if responses are lost.
   */
  @Override
  public JobHandle submit(FineTuningRequest request) {
    guard.check(this, request);
    return job(jobs.submit(request));
  }

  @Override
  public JobHandle job(JobReference reference) {
    return new JobHandle(guard.require(reference), jobOperations(), time);
  }

  @Override
  public Optional<JobReference> findJob(SubmissionKey key) {
    guard.requireOpen();
    return jobs.find(key);
  }

  @Override
  public JobOperations jobOperations() {
    return guard.guard(jobs.operations());
  }

  /**
   * Returns the metrics in a job's result file; empty if there is no such file yet. Two requests.
   */
  public List<TrainingMetrics> results(JobReference job) {
    return jobs.operations().results(guard.require(job));
  }

  /**
   * Returns a base or a tuned model. No I/O. The first call of a tuned model waits up to 2 minutes
   * until the service has loaded it.
   */
  @Override
  public Optional<ChatModel> chatModel(ModelReference model) {
    return models.find(guard.require(model));
  }

  /** Returns an embedding model. No I/O. */
  public EmbeddingModel embeddingModel(String model) {
    return RemoteEmbeddingModel.of(transport, model);
  }

  /** Returns batches: many questions at half the price, answered within a day. No I/O. */
  public ChatBatches batches() {
    return new ChatBatches(transport, files, time);
  }

  /** Returns the model of {@link #chatModel} with {@link #batches}. No I/O. */
  @Override
  public Optional<BatchChatModel> batchModel(ModelReference model) {
    return chatModel(model).map(asked -> new BatchModel(model.name(), asked, batches()));
  }

  /** Returns empty: a tuned model answers without a deployment. */
  @Override
  public Optional<Deployer> deployer() {
    guard.requireOpen();
    return Optional.empty();
  }

  /** Returns the catalog of base models in the jar. No I/O. */
  @Override
  public ModelCatalog catalog() {
    return catalog;
  }

  /** Returns the models of the account, with their current shutdown dates. No I/O. */
  public ModelList models() {
    return new ModelList(transport);
  }

  /** Returns the files of the account. No I/O. */
  public FileOperations files() {
    return files;
  }

  /**
   * Returns the graders that run at the service, which OpenAI may have ended on 2026-11-30. No I/O.
   */
  public ServiceGraders graders() {
    return new ServiceGraders(transport);
  }

  /**
   * Returns the permissions of other projects to use checkpoints. No I/O.
   *
   * @throws UnsupportedCapabilityException if the provider has no administrator's key
   */
  public CheckpointPermissions checkpointPermissions() {
    Supplier<String> key = administratorKey;
    if (key == null) {
      throw new UnsupportedCapabilityException(
          ID,
          "checkpoint permissions without an administrator's key",
          "Set " + OpenAiSettings.ADMIN_KEY + ", or call administratorKey() on the builder.");
    }
    return new CheckpointPermissions(transport, Credential.bearer(key));
  }

  /**
   * Returns the reader of webhooks. No I/O.
   *
   * @throws UnsupportedCapabilityException if the provider has no webhook secret
   */
  public Webhooks webhooks() {
    if (webhookSecrets.isEmpty()) {
      throw new UnsupportedCapabilityException(
          ID,
          "webhooks without a secret",
          "Set " + OpenAiSettings.WEBHOOK_SECRET + ", or call webhookSecrets() on the builder.");
    }
    return Webhooks.of(ID, webhookSecrets, time);
  }

  @Override
  public void close() {
    guard.close();
    transport.close();
  }

  @Override
  public String toString() {
    return "OpenAiProvider(" + transport + ")";
  }

  /** Settings of an {@link OpenAiProvider}. Not thread-safe. */
  public static final class Builder {
    final Set<Capability> without = EnumSet.noneOf(Capability.class);
    HttpUrl baseUrl = HttpUrl.get("https://api.openai.com/v1");
    private @Nullable Supplier<String> apiKey;
    @Nullable Supplier<String> administratorKey;
    @Nullable String organization;
    @Nullable String project;
    List<String> webhookSecrets = List.of();
    HttpSettings http = HttpSettings.standard();
    Time time = Time.system();

    Builder() {}

    /** Applies these environment variables; see {@link OpenAiProvider#fromEnvironment()}. */
    public Builder environment(Map<String, String> environment) {
      OpenAiSettings.apply(new Environment(environment), this);
      return this;
    }

    /** Sets the supplier of a project's API key, called for each request. */
    public Builder apiKey(Supplier<String> key) {
      apiKey = key;
      return this;
    }

    /** Sets the supplier of an administrator's key, which only checkpoint permissions use. */
    public Builder administratorKey(Supplier<String> key) {
      administratorKey = key;
      return this;
    }

    /** Sets the organization to bill, if the key belongs to several. */
    public Builder organization(String id) {
      organization = id;
      return this;
    }

    /** Sets the project to bill, if the key belongs to several. */
    public Builder project(String id) {
      project = id;
      return this;
    }

    /**
     * Sets the server; {@code https://api.openai.com/v1} if not set. Use {@link #without} for
     * operations that the server lacks.
     *
     * @throws IllegalArgumentException if it is not an http or https URL
     */
    public Builder baseUrl(String url) {
      baseUrl = HttpUrl.get(url);
      return this;
    }

    /** Removes capabilities that the server lacks; they are then refused before any request. */
    public Builder without(Capability... missing) {
      without.addAll(Arrays.asList(missing));
      return this;
    }

    /** Sets the secrets that webhooks are signed with; several while one is being replaced. */
    public Builder webhookSecrets(List<String> secrets) {
      webhookSecrets = List.copyOf(secrets);
      return this;
    }

    /**
     * Sets timeouts, retries, proxy, TLS, headers, the HTTP client and resilience4j's registries;
     * {@link HttpSettings#standard()} if not set.
     */
    public Builder http(HttpSettings settings) {
      http = Objects.requireNonNull(settings, "http");
      return this;
    }

    /** Sets the clock; the system's if not set. */
    public Builder time(Time clock) {
      time = clock;
      return this;
    }

    /**
     * Returns the provider. No I/O.
     *
     * @throws IllegalArgumentException if no key was set
     */
    public OpenAiProvider build() {
      Supplier<String> key = apiKey;
      if (key == null) {
        throw new IllegalArgumentException(
            "No API key was set. Call OpenAiProvider.builder().apiKey(() -> key), or set the variable "
                + OpenAiSettings.API_KEY
                + " and call fromEnvironment(). A server without authentication accepts any text.");
      }
      return new OpenAiProvider(this, OpenAiSettings.transport(this, key));
    }
  }
}
