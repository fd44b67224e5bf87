package dev.finetune4j.azure;

import dev.finetune4j.ModelReference;
import dev.finetune4j.PollingSchedule;
import dev.finetune4j.ProviderId;
import dev.finetune4j.Time;
import dev.finetune4j.catalog.ModelCatalog;
import dev.finetune4j.dataset.Example;
import dev.finetune4j.dataset.validation.DatasetValidator;
import dev.finetune4j.deployment.Deployment;
import dev.finetune4j.deployment.DeploymentReference;
import dev.finetune4j.error.NotFoundException;
import dev.finetune4j.error.UnsupportedCapabilityException;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.inference.EmbeddingModel;
import dev.finetune4j.job.FineTuningJob;
import dev.finetune4j.job.JobHandle;
import dev.finetune4j.job.JobOperations;
import dev.finetune4j.job.JobReference;
import dev.finetune4j.job.TrainingMetrics;
import dev.finetune4j.provider.Capability;
import dev.finetune4j.provider.Deployer;
import dev.finetune4j.provider.FineTuningProvider;
import dev.finetune4j.provider.ProviderGuard;
import dev.finetune4j.providerkit.ApiRequest;
import dev.finetune4j.providerkit.Environment;
import dev.finetune4j.providerkit.HttpTransport;
import dev.finetune4j.providerkit.batch.ChatBatches;
import dev.finetune4j.providerkit.chat.RemoteEmbeddingModel;
import dev.finetune4j.providerkit.file.FileOperations;
import dev.finetune4j.providerkit.file.StoredFile;
import dev.finetune4j.providerkit.job.DialectJobs;
import dev.finetune4j.providerkit.job.ImageRule;
import dev.finetune4j.providerkit.job.NameRule;
import dev.finetune4j.providerkit.job.Submission;
import dev.finetune4j.providerkit.oauth.TokenSupplier;
import dev.finetune4j.providerkit.token.OpenAiTokenCounter;
import dev.finetune4j.token.TokenCounter;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.SubmissionKey;
import dev.finetune4j.training.TrainingMethod;
import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Fine-tunes, deploys and calls models of Azure OpenAI (Microsoft Foundry).
 *
 * <pre>{@code
 * try (AzureProvider azure =
 *     AzureProvider.builder("https://name.openai.azure.com")
 *         .tokens(AzureTokenOptions.publicCloud().azureCli())
 *         .account(subscription, resourceGroup, "name")
 *         .build()) {
 *   ModelReference tuned = azure.submit(request).await().requireFineTunedModel();
 *   try (DeployedModel bot = azure.deploy(tuned, "support-bot", Duration.ofHours(4))) {
 *     bot.chat("Hello");
 *   }
 * }
 * }</pre>
 *
 * <p>A tuned model must be deployed before it can be called. A standard deployment costs 1.70 US
 * dollars an hour, used or not. One in the developer tier has no hourly fee and is deleted by Azure
 * after 24 hours. Azure deletes any deployment of a tuned model after 15 days without a request.
 * Blocking and thread-safe.
 */
public final class AzureProvider implements FineTuningProvider {
  /** The short name of this provider. */
  public static final ProviderId ID = new ProviderId("azure");

  private static final long MINIMUM_EXAMPLES = 10;

  private final ProviderGuard guard = new ProviderGuard(ID);
  private final AzureConnections connections;
  private final Set<Capability> capabilities;
  private final Map<String, String> baseDeployments;
  private final DialectJobs jobs;
  private final Submission submission;
  private final FileOperations files;
  private final HttpTransport classic;
  private final AzureCheckpointCopies copies;
  private final ModelCatalog catalog;
  private final @Nullable AzureDeployer deployer;
  private final Time time;

  AzureProvider(Builder options) {
    time = options.time;
    connections = new AzureConnections(options);
    capabilities = AzureTraining.capabilities(options, connections);
    baseDeployments = Map.copyOf(options.baseDeployments);
    catalog = bundledCatalog();
    classic = connections.classic();
    HttpTransport v1 = connections.v1();
    HttpTransport data = options.apiSurface == ApiSurface.V1 ? v1 : classic;
    files = new FileOperations(data, AzureTraining.files(options), time).partsThrough(classic);
    jobs = new DialectJobs(data, AzureTraining.dialect(options, connections), capabilities);
    submission = AzureTraining.submission(options, jobs, files);
    copies = new AzureCheckpointCopies(v1, time);
    deployer = AzureDeployer.of(options, connections, catalog);
  }

  /**
   * Returns a builder of settings.
   *
   * @param endpoint the address that the portal shows for the resource, such as {@code
   *     https://name.openai.azure.com}; the path of a Foundry project or gateway is kept
   */
  public static Builder builder(String endpoint) {
    return new Builder(endpoint);
  }

  /**
   * Returns a provider configured by environment variables: {@code AZURE_OPENAI_ENDPOINT}; {@code
   * AZURE_OPENAI_API_KEY} or a token; {@code AZURE_OPENAI_API_VERSION}, where a value that starts
   * with a digit selects {@link ApiSurface#CLASSIC}; {@code AZURE_SUBSCRIPTION_ID}, {@code
   * AZURE_RESOURCE_GROUP} and {@code AZURE_OPENAI_ACCOUNT_NAME} for deployments; {@code
   * AZURE_TENANT_ID}, {@code AZURE_CLIENT_ID} and {@code AZURE_CLIENT_SECRET} or {@code
   * AZURE_FEDERATED_TOKEN_FILE} for tokens, or else the Azure CLI; {@code AZURE_AUTHORITY_HOST} and
   * {@code AZURE_RESOURCE_MANAGER_HOST} for other clouds.
   *
   * @throws IllegalArgumentException if the endpoint is not set
   */
  public static AzureProvider fromEnvironment() {
    return fromEnvironment(System.getenv());
  }

  /** Returns a provider configured by these variables; see {@link #fromEnvironment()}. */
  public static AzureProvider fromEnvironment(Map<String, String> variables) {
    return builderFromEnvironment(variables).build();
  }

  /** Returns the settings that {@link #fromEnvironment()} uses, to be changed. */
  public static Builder builderFromEnvironment(Map<String, String> variables) {
    return new AzureEnvironment(new Environment(variables)).options();
  }

  /** Returns the models that Azure trains, with their retirement dates and known prices. */
  public static ModelCatalog bundledCatalog() {
    return ModelCatalog.ofResource(AzureProvider.class, "catalog.json");
  }

  /**
   * A copy of a checkpoint in another resource, which can be deployed there.
   *
   * @param destinationResourceId the full resource ID of the account that receives it
   * @param region that account's region
   * @param model the model to deploy there; empty until the service reports it
   * @param status the status that the service reports: {@code InProgress}, {@code Completed},
   *     {@code Failed}
   */
  public record CheckpointCopy(
      String destinationResourceId, String region, String model, String status) {

    /** Returns a copy to be made. */
    public static CheckpointCopy to(String destinationResourceId, String region) {
      return new CheckpointCopy(destinationResourceId, region, "", "");
    }
  }

  @Override
  public ProviderId id() {
    return ID;
  }

  @Override
  public Set<Capability> capabilities() {
    return capabilities;
  }

  /**
   * Returns the latest date of any model in {@link #bundledCatalog()}, which has the source of each
   * date. Other models may be retired earlier.
   */
  @Override
  public Optional<LocalDate> availableUntil(Capability capability) {
    return AzureTraining.until(catalog, capability);
  }

  @Override
  public <E extends Example> DatasetValidator<E> validator(
      String baseModel, TrainingMethod<E> method) {
    return DatasetValidator.builder(method.exampleType())
        .rule(new AzureRules<E>())
        .rule(new ImageRule<E>("Azure", catalog.find(baseModel)))
        .rule(new NameRule<E>())
        .minimumExamples(MINIMUM_EXAMPLES)
        .build();
  }

  @Override
  public TokenCounter tokenCounter(String baseModel) {
    return OpenAiTokenCounter.forModel(baseModel);
  }

  /**
   * Uploads the data unless the resource already has it, waits until the service has processed it,
   * and creates one job, which is billed. At least four requests. The suffix contains the
   * submission key, which identifies the job if a response is lost.
   */
  @Override
  public JobHandle submit(FineTuningRequest request) {
    guard.requireOpen();
    AzureTraining.check(request, capabilities);
    guard.check(this, request);
    return job(submission.submit(request).reference());
  }

  @Override
  public JobHandle job(JobReference reference) {
    return new JobHandle(guard.require(reference), jobOperations(), time);
  }

  @Override
  public Optional<JobReference> findJob(SubmissionKey key) {
    guard.requireOpen();
    return jobs.find(key).map(FineTuningJob::reference);
  }

  @Override
  public JobOperations jobOperations() {
    return guard.guard(jobs);
  }

  /** Returns a base model that has a deployment named by {@link Builder#baseDeployment}. */
  @Override
  public Optional<ChatModel> chatModel(ModelReference model) {
    String deployment = baseDeployments.get(guard.require(model).name());
    return deployment == null
        ? Optional.empty()
        : Optional.of(
            AzureChatModel.of(connections.deployment(deployment), deployment, model.name()));
  }

  /**
   * Returns an embedding model. No I/O.
   *
   * @param deployment the name of an existing deployment of an embedding model
   */
  public EmbeddingModel embeddingModel(String deployment) {
    guard.requireOpen();
    return RemoteEmbeddingModel.of(connections.deployment(deployment), deployment);
  }

  /** Returns the deployer; empty if no account was set. */
  @Override
  public Optional<Deployer> deployer() {
    guard.requireOpen();
    return Optional.<Deployer>ofNullable(deployer).map(guard::guard);
  }

  /** Returns {@link #bundledCatalog()}. */
  @Override
  public ModelCatalog catalog() {
    return catalog;
  }

  /** Returns the files of the resource. Large files are uploaded in parts by the dated API. */
  public FileOperations files() {
    return files;
  }

  /**
   * Returns batches for deployments of one model: many questions at half the price, answered within
   * a day. Each submission names the deployment, whose SKU must be {@link
   * AzureDeploymentOptions.Sku#GLOBAL_BATCH} or {@link AzureDeploymentOptions.Sku#DATA_ZONE_BATCH};
   * batches use the dated API. No I/O.
   *
   * @param served the model behind the deployment, which determines the parameters it accepts
   */
  public ChatBatches batches(ModelReference served) {
    guard.require(served);
    return new ChatBatches(classic, files, time)
        .withEndpoint("/chat/completions")
        .withShape(model -> AzureChatModel.shaped(model, served.name()));
  }

  /**
   * Lets the service fetch a training file itself, for example from a signed blob storage URL. One
   * request, which is never retried; see {@link FileOperations#awaitProcessed}.
   */
  public StoredFile importTrainingFile(String filename, URI content) {
    return files.importFrom(content, filename);
  }

  /** Returns the metrics in a job's result file; empty if it has none. Two requests. */
  public List<TrainingMetrics> results(JobReference job) {
    return jobs.results(guard.require(job));
  }

  /** Deletes the record of a job, not its model; no error if it does not exist. One request. */
  public void deleteJob(JobReference job) {
    try {
      classic.send(ApiRequest.delete("fine_tuning/jobs/{job}", guard.require(job).id()));
    } catch (NotFoundException gone) {
      return;
    }
  }

  /**
   * Copies a checkpoint to another resource and waits until the copy has completed.
   *
   * @param checkpointId the checkpoint's ID, not its model's name
   * @throws dev.finetune4j.error.InvalidRequestException if the copy fails; the message says what
   *     the destination needs
   * @throws dev.finetune4j.error.ProviderUnavailableException if the schedule gives up first
   * @throws InterruptedException if the thread is interrupted while waiting; the copy continues
   */
  public CheckpointCopy copyCheckpoint(
      JobReference job, String checkpointId, CheckpointCopy target, PollingSchedule schedule)
      throws InterruptedException {
    return copies.copy(guard.require(job), checkpointId, target, schedule);
  }

  /**
   * Changes the capacity of a deployment. Two requests.
   *
   * @param capacity in thousands of tokens per minute, or in provisioned units
   */
  public Deployment resize(DeploymentReference deployment, int capacity) {
    guard.require(deployment);
    if (deployer == null) {
      throw new UnsupportedCapabilityException(
          ID, "changing a deployment without an account", "Set Builder.account.");
    }
    return deployer.operations().resize(deployment, capacity);
  }

  /** Closes the connections; jobs and deployments keep running. */
  @Override
  public void close() {
    guard.close();
    connections.close();
  }

  @Override
  public String toString() {
    return "AzureProvider(" + classic + ")";
  }

  /** The API of the data plane. Operations that one lacks use the other. */
  public enum ApiSurface {
    /** {@code /openai/v1/...}: OpenAI's own format, recommended for new code. */
    V1,
    /** {@code /openai/...?api-version=...}: the older API, with dated versions. */
    CLASSIC
  }

  /** Where a job runs, which determines its price and where the data may go. */
  public enum TrainingType {
    /** In the resource's region: the data stays there. OpenAI models only, in a few regions. */
    STANDARD("Standard"),
    /** In any region with capacity: cheaper, for all models; the data may leave the region. */
    GLOBAL_STANDARD("GlobalStandard"),
    /** On spare capacity: cheapest, may be interrupted; the data may leave the region. */
    DEVELOPER("developerTier");

    private final String word;

    TrainingType(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  /**
   * Settings of an {@link AzureProvider}. Not thread-safe.
   *
   * <p>The data plane accepts an API key or a token; the resource manager accepts only a token. One
   * {@link TokenSupplier} can serve both: it is called with the scope of each.
   */
  public static final class Builder extends AzureSettings {

    Builder(String endpoint) {
      super(endpoint);
    }

    /**
     * Returns the provider. No I/O.
     *
     * @throws IllegalArgumentException if there is neither a key nor a token supplier, or the
     *     endpoint is not a valid URL
     */
    public AzureProvider build() {
      return new AzureProvider(this);
    }

    /** Returns the endpoint, never a secret. */
    @Override
    public String toString() {
      return "AzureProvider.Builder(" + endpoint + ", " + apiSurface + ")";
    }
  }
}
