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
import dev.finetune4j.providerkit.Credential;
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
import dev.finetune4j.providerkit.token.OpenAiTokenCounter;
import dev.finetune4j.providerkit.webhook.Webhooks;
import dev.finetune4j.token.TokenCounter;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.SubmissionKey;
import dev.finetune4j.training.TrainingMethod;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Trains and asks models at OpenAI, or at any server that speaks its dialect.
 *
 * <pre>{@code
 * try (OpenAiProvider provider = OpenAiProvider.fromEnvironment()) {
 *   JobHandle job = provider.submit(
 *       FineTuningRequest.builder("gpt-4.1-mini-2025-04-14", SupervisedTraining.withDefaults(), data)
 *           .suffix("recipes")
 *           .build());
 *   ModelReference tuned = job.await(PollingSchedule.standard()).requireFineTunedModel();
 *   String answer = provider.chatModel(tuned).orElseThrow().chat(ChatRequest.of("Hello")).text();
 * }
 * }</pre>
 *
 * <p>Training is billed by the token and goes on when this object is closed or the application
 * ends; a job is found again by its reference or its submission key, which travels in the job's
 * metadata. A tuned model answers without a deployment until its base is shut down. An organisation
 * that may train no more gets a {@link dev.finetune4j.error.TrainingClosedException}. Thread-safe.
 */
public final class OpenAiProvider implements FineTuningProvider {
  /** The short name of this provider. */
  public static final ProviderId ID = new ProviderId("openai");

  private static final long MINIMUM_EXAMPLES = 10;
  private static final long USUAL_CONTEXT = 65_536;

  private final HttpTransport transport;
  private final OpenAiCapabilities capabilities;
  private final FileOperations files;
  private final OpenAiJobs jobs;
  private final OpenAiModels models;
  private final ModelCatalog catalog = OpenAiCatalog.read();
  private final @Nullable Supplier<String> administratorKey;
  private final List<String> webhookSecrets;
  private final Time time;

  OpenAiProvider(OpenAiOptions options, HttpTransport transport) {
    this.transport = transport;
    time = options.time;
    administratorKey = options.administratorKey;
    webhookSecrets = options.webhookSecrets;
    boolean dated = options.baseUrl.host().endsWith("api.openai.com");
    capabilities = new OpenAiCapabilities(options.without, dated);
    files = new FileOperations(transport, FileSettings.standard(), time);
    jobs = new OpenAiJobs(transport, capabilities, ProcessedFiles.of(files)::require, time);
    models = new OpenAiModels(transport, capabilities, time);
  }

  /** Starts the settings of a provider; at least the API key is to be set. */
  public static OpenAiOptions builder() {
    return new OpenAiOptions();
  }

  /**
   * Returns a provider with the settings of the environment: {@code OPENAI_API_KEY}, and where they
   * are set {@code OPENAI_ADMIN_KEY}, {@code OPENAI_ORG_ID}, {@code OPENAI_PROJECT_ID}, {@code
   * OPENAI_BASE_URL} and {@code OPENAI_WEBHOOK_SECRET}.
   *
   * @throws IllegalArgumentException if the key is not set
   */
  public static OpenAiProvider fromEnvironment() {
    return fromEnvironment(System.getenv());
  }

  /** As {@link #fromEnvironment()}, from a map. */
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

  /** Returns OpenAI's announced dates; empty for another server, which may have its own. */
  @Override
  public Optional<LocalDate> availableUntil(Capability capability) {
    return capabilities.until(capability);
  }

  /** Returns what ends at OpenAI and when, as sentences for a person, each with its source. */
  public List<String> notices() {
    return OpenAiCatalog.notices();
  }

  @Override
  public <E extends Example> DatasetValidator<E> validator(
      String baseModel, TrainingMethod<E> method) {
    Optional<CatalogEntry> known = catalog.find(baseModel);
    return DatasetValidator.builder(method.exampleType())
        .rule(new OpenAiRules<E>())
        .minimumExamples(
            known.map(entry -> entry.minimumExamples().orElse(0)).orElse(MINIMUM_EXAMPLES))
        .maximumTokens(
            known.map(entry -> entry.contextTokens().orElse(USUAL_CONTEXT)).orElse(USUAL_CONTEXT),
            tokenCounter(baseModel))
        .build();
  }

  /** Returns the encoding of the model, exact for texts; loads a few megabytes at the first use. */
  @Override
  public TokenCounter tokenCounter(String baseModel) {
    return OpenAiTokenCounter.forModel(baseModel);
  }

  /**
   * Uploads the data, unless the account has it, waits until the service has read it, and makes one
   * job. At least two requests; the job is billed from here on. See {@link
   * dev.finetune4j.providerkit.job.Submission} for what happens when answers are lost.
   */
  @Override
  public JobHandle submit(FineTuningRequest request) {
    return jobs.submit(request);
  }

  @Override
  public JobHandle job(JobReference reference) {
    return jobs.handle(reference);
  }

  @Override
  public Optional<JobReference> findJob(SubmissionKey key) {
    return jobs.find(key);
  }

  @Override
  public JobOperations jobOperations() {
    return jobs.operations();
  }

  /** Returns the figures of a job's result file; none while there is no such file. Two requests. */
  public List<TrainingMetrics> results(JobReference job) {
    return jobs.operations().results(job);
  }

  /**
   * Returns a base or a tuned model; no I/O. The first answer of a tuned one is waited for up to 2
   * minutes, until the service has loaded it.
   */
  @Override
  public Optional<ChatModel> chatModel(ModelReference model) {
    return models.find(model);
  }

  /** Returns a model that turns texts into vectors. No I/O. */
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
    return Optional.empty();
  }

  /** Returns what is known of the base models, as the jar carries it. No I/O. */
  public ModelCatalog catalog() {
    return catalog;
  }

  /** Returns the models of the account, and today's days of shutdown. No I/O. */
  public ModelList models() {
    return new ModelList(transport);
  }

  /** Returns the files of the account. No I/O. */
  public FileOperations files() {
    return files;
  }

  /** Returns the graders that run at the service, which may end on 2026-11-30. No I/O. */
  public ServiceGraders graders() {
    return new ServiceGraders(transport);
  }

  /**
   * Returns who else may use checkpoints. No I/O.
   *
   * @throws UnsupportedCapabilityException if the provider has no administrator's key
   */
  public CheckpointPermissions checkpointPermissions() {
    Supplier<String> key = administratorKey;
    if (key == null) {
      throw new UnsupportedCapabilityException(
          ID,
          "checkpoint permissions without an administrator's key",
          "Set " + OpenAiSettings.ADMIN_KEY + ", or give the builder administratorKey().");
    }
    return new CheckpointPermissions(transport, Credential.bearer(key));
  }

  /**
   * Returns the reader of the service's notices. No I/O.
   *
   * @throws UnsupportedCapabilityException if the provider has no webhook secret
   */
  public Webhooks webhooks() {
    if (webhookSecrets.isEmpty()) {
      throw new UnsupportedCapabilityException(
          ID,
          "webhooks without a secret",
          "Set " + OpenAiSettings.WEBHOOK_SECRET + ", or give the builder webhookSecrets().");
    }
    return Webhooks.of(ID, webhookSecrets, time);
  }

  @Override
  public void close() {
    transport.close();
  }

  @Override
  public String toString() {
    return "OpenAiProvider(" + transport + ")";
  }
}
