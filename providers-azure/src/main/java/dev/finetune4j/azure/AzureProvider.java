package dev.finetune4j.azure;

import dev.finetune4j.ModelReference;
import dev.finetune4j.PollingSchedule;
import dev.finetune4j.ProviderId;
import dev.finetune4j.Time;
import dev.finetune4j.azure.AzureOptions.Account;
import dev.finetune4j.azure.AzureOptions.Face;
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
import dev.finetune4j.providerkit.Call;
import dev.finetune4j.providerkit.Environment;
import dev.finetune4j.providerkit.HttpTransport;
import dev.finetune4j.providerkit.batch.ChatBatches;
import dev.finetune4j.providerkit.chat.RemoteEmbeddingModel;
import dev.finetune4j.providerkit.file.FileOperations;
import dev.finetune4j.providerkit.file.ProcessedFiles;
import dev.finetune4j.providerkit.file.StoredFile;
import dev.finetune4j.providerkit.file.TrainingFiles;
import dev.finetune4j.providerkit.job.DialectJobs;
import dev.finetune4j.providerkit.job.Submission;
import dev.finetune4j.providerkit.token.OpenAiTokenCounter;
import dev.finetune4j.token.TokenCounter;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.SubmissionKey;
import dev.finetune4j.training.TrainingMethod;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Trains, deploys and asks models of Azure OpenAI (Microsoft Foundry).
 *
 * <pre>{@code
 * try (AzureProvider azure =
 *     AzureProvider.builder("https://name.openai.azure.com")
 *         .tokens(AzureTokenOptions.publicCloud().azureCli())
 *         .account(subscription, resourceGroup, "name")
 *         .build()) {
 *   ModelReference tuned = azure.submit(request).await(schedule).requireFineTunedModel();
 *   DeploymentHandle handle = azure.deployer().orElseThrow()
 *       .deploy(DeploymentSpec.of(tuned, "support-bot", Capacity.serverless()));
 *   ChatModel model = azure.deployer().orElseThrow().chatModel(handle.await(schedule));
 * }
 * }</pre>
 *
 * <p>A tuned model answers only once it is deployed. A standard deployment costs 1.70 dollars an
 * hour whether it is asked or not; one of the developer tier costs nothing by the hour and is
 * deleted by Azure after 24 hours; any is deleted after 15 days without a question. Blocking and
 * thread-safe.
 */
public final class AzureProvider implements FineTuningProvider {
  /** The short name of this provider. */
  public static final ProviderId ID = new ProviderId("azure");

  private static final long MINIMUM_EXAMPLES = 10;

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

  AzureProvider(AzureOptions options) {
    time = options.time;
    connections = new AzureConnections(options);
    capabilities = AzureTraining.capabilities(options, connections);
    baseDeployments = Map.copyOf(options.baseDeployments);
    catalog = bundledCatalog();
    classic = connections.classic();
    HttpTransport v1 = connections.v1();
    HttpTransport data = options.face == Face.V1 ? v1 : classic;
    files = new FileOperations(data, AzureTraining.files(options), time).partsThrough(classic);
    jobs = new DialectJobs(data, AzureTraining.dialect(options, connections), capabilities);
    TrainingFiles kept = TrainingFiles.of(files);
    Duration expiry = options.fileExpiry;
    TrainingFiles training = expiry == null ? kept : kept.expiringAfter(expiry);
    ProcessedFiles ready = new ProcessedFiles(files, training, options.filePolling);
    submission = new Submission(jobs, ready::require, time);
    copies = new AzureCheckpointCopies(v1, time);
    Account account = options.account;
    deployer = account == null ? null : deployer(options, account);
  }

  private AzureDeployer deployer(AzureOptions options, Account account) {
    ManagementPlane manager = new ManagementPlane(connections.management(), account);
    AzureDeployments deployments =
        new AzureDeployments(
            manager, new DeploymentJson(catalog), connections, options.deployments);
    return new AzureDeployer(deployments, connections, time);
  }

  /**
   * Starts the settings of a provider.
   *
   * @param endpoint what the portal shows for the resource, for example {@code
   *     https://name.openai.azure.com}; a Foundry project's or a gateway's address keeps its path
   */
  public static AzureOptions builder(String endpoint) {
    return new AzureOptions(endpoint);
  }

  /**
   * Returns a provider by the environment: {@code AZURE_OPENAI_ENDPOINT}; {@code
   * AZURE_OPENAI_API_KEY} or a token; {@code AZURE_OPENAI_API_VERSION}, where a date chooses the
   * classic face; {@code AZURE_SUBSCRIPTION_ID}, {@code AZURE_RESOURCE_GROUP} and {@code
   * AZURE_OPENAI_ACCOUNT_NAME} for deployments; {@code AZURE_TENANT_ID}, {@code AZURE_CLIENT_ID}
   * and {@code AZURE_CLIENT_SECRET} or {@code AZURE_FEDERATED_TOKEN_FILE} for tokens, else the
   * Azure CLI; {@code AZURE_AUTHORITY_HOST} and {@code AZURE_RESOURCE_MANAGER_HOST} for other
   * clouds.
   *
   * @throws IllegalArgumentException if there is no endpoint
   */
  public static AzureProvider fromEnvironment() {
    return fromEnvironment(System.getenv());
  }

  /** As {@link #fromEnvironment()}, with other variables. */
  public static AzureProvider fromEnvironment(Map<String, String> variables) {
    return optionsFromEnvironment(variables).build();
  }

  /** Returns the settings that {@link #fromEnvironment()} would take, for adding to them. */
  public static AzureOptions optionsFromEnvironment(Map<String, String> variables) {
    return new AzureEnvironment(new Environment(variables)).options();
  }

  /**
   * Returns the models that Azure trains, with the dates of their end and what is known of prices.
   */
  public static ModelCatalog bundledCatalog() {
    return ModelCatalog.ofResource(AzureProvider.class, "catalog.json");
  }

  /**
   * A checkpoint at another resource, from which it can be deployed there.
   *
   * @param destinationResourceId the whole resource id of the account that has it
   * @param region that account's region
   * @param model what to deploy there; empty while the service does not say
   * @param status the service's word: {@code InProgress}, {@code Completed}, {@code Failed}
   */
  public record CheckpointCopy(
      String destinationResourceId, String region, String model, String status) {

    /** Returns the wish for a copy. */
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
   * Returns the day of the last model that has one in {@link #bundledCatalog()}, which names the
   * source of each: the service trains no less long, and deletes deployments no earlier. Another
   * model may end before; ask the catalog for it.
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
        .minimumExamples(MINIMUM_EXAMPLES)
        .build();
  }

  @Override
  public TokenCounter tokenCounter(String baseModel) {
    return OpenAiTokenCounter.forModel(baseModel);
  }

  /**
   * Uploads the data, unless the resource has it, waits until the service has read it, and makes
   * one job, which is billed from here on. At least four requests; the submission key travels in
   * the suffix, by which the job is found again after a lost answer.
   */
  @Override
  public JobHandle submit(FineTuningRequest request) {
    AzureTraining.check(request, capabilities);
    return job(submission.submit(request).reference());
  }

  @Override
  public JobHandle job(JobReference reference) {
    return new JobHandle(reference, jobs, time);
  }

  @Override
  public Optional<JobReference> findJob(SubmissionKey key) {
    return jobs.find(key).map(FineTuningJob::reference);
  }

  @Override
  public JobOperations jobOperations() {
    return jobs;
  }

  /** Returns a base model for which {@link AzureOptions#baseDeployment} names a deployment. */
  @Override
  public Optional<ChatModel> chatModel(ModelReference model) {
    String deployment = baseDeployments.get(model.name());
    return deployment == null || !model.provider().equals(ID)
        ? Optional.empty()
        : Optional.of(
            AzureChatModel.of(connections.deployment(deployment), deployment, model.name()));
  }

  /**
   * Returns a model that turns texts into vectors, by the name of its deployment. No I/O.
   *
   * @param deployment a deployment of an embedding model, made beforehand
   */
  public EmbeddingModel embeddingModel(String deployment) {
    return RemoteEmbeddingModel.of(connections.deployment(deployment), deployment);
  }

  /** Returns the part that deploys, empty if no account was named. */
  @Override
  public Optional<Deployer> deployer() {
    return Optional.ofNullable(deployer);
  }

  /** Returns {@link #bundledCatalog()}: the prices that a workflow asks for. */
  public ModelCatalog catalog() {
    return catalog;
  }

  /** Returns the files of the resource; large ones travel by the classic face in parts. */
  public FileOperations files() {
    return files;
  }

  /**
   * Returns batches for deployments of one model: many questions at half the price, answered within
   * a day. What is submitted names the deployment, which is of the size {@link
   * AzureDeploymentOptions.Sku#GLOBAL_BATCH} or {@link AzureDeploymentOptions.Sku#DATA_ZONE_BATCH};
   * it is served by the classic face. No I/O.
   *
   * @param served the model behind the deployment, which decides what it can be told
   */
  public ChatBatches batches(ModelReference served) {
    return new ChatBatches(classic, files, time)
        .withEndpoint("/chat/completions")
        .withShape(model -> AzureChatModel.shaped(model, served.name()));
  }

  /**
   * Lets the service fetch a training file itself, for example from blob storage with a signature
   * in the address. One request, never sent twice; see {@link FileOperations#awaitProcessed}.
   */
  public StoredFile importTrainingFile(String filename, URI content) {
    return files.importFrom(content, filename);
  }

  /** Returns the figures that a job left behind, none if it did not. Two requests. */
  public List<TrainingMetrics> results(JobReference job) {
    return jobs.results(job);
  }

  /** Deletes the record of a job, not its model; one that is gone is no error. One request. */
  public void deleteJob(JobReference job) {
    try {
      classic.send(Call.delete("fine_tuning/jobs/{job}", job.id()));
    } catch (NotFoundException gone) {
      return;
    }
  }

  /**
   * Copies a checkpoint to another resource and waits until it is there.
   *
   * @param checkpointId the checkpoint's id, not its model's name
   * @throws dev.finetune4j.error.InvalidRequestException if the service cannot; says what the
   *     destination needs
   * @throws dev.finetune4j.error.ProviderUnavailableException if the schedule gives up first
   * @throws InterruptedException if the thread is interrupted while waiting; the copy goes on
   */
  public CheckpointCopy copyCheckpoint(
      JobReference job, String checkpointId, CheckpointCopy wish, PollingSchedule schedule)
      throws InterruptedException {
    return copies.copy(job, checkpointId, wish, schedule);
  }

  /**
   * Changes how much a deployment can answer. Two requests.
   *
   * @param capacity in thousands of tokens a minute, or provisioned units
   */
  public Deployment resize(DeploymentReference deployment, int capacity) {
    if (deployer == null) {
      throw new UnsupportedCapabilityException(
          ID, "changing a deployment without an account", "Name the account in the options.");
    }
    return deployer.operations().resize(deployment, capacity);
  }

  /** Closes the connections; jobs and deployments go on. */
  @Override
  public void close() {
    connections.close();
  }

  @Override
  public String toString() {
    return "AzureProvider(" + classic + ")";
  }
}
