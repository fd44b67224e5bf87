package dev.finetune4j.provider;

import dev.finetune4j.ModelReference;
import dev.finetune4j.ProviderId;
import dev.finetune4j.catalog.ModelCatalog;
import dev.finetune4j.cost.CostEstimate;
import dev.finetune4j.cost.CostEstimator;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.Example;
import dev.finetune4j.dataset.validation.DatasetValidator;
import dev.finetune4j.dataset.validation.ValidationReport;
import dev.finetune4j.deployment.Capacity;
import dev.finetune4j.deployment.DeploymentSpec;
import dev.finetune4j.deployment.LeaseRegistry;
import dev.finetune4j.error.UnsupportedCapabilityException;
import dev.finetune4j.inference.BatchChatModel;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.job.JobHandle;
import dev.finetune4j.job.JobOperations;
import dev.finetune4j.job.JobReference;
import dev.finetune4j.token.TokenCounter;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.SubmissionKey;
import dev.finetune4j.training.TrainingMethod;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One service, or one machine, that fine-tunes. Each provider module has one implementation, made
 * by its builder. Thread-safe.
 *
 * <p>A provider supplies single calls. Waiting, validating, pricing, journaling and deciding are
 * written once, in this library's core.
 *
 * <p>A reference of another provider is refused with a {@link
 * dev.finetune4j.error.InvalidRequestException}, and any call after {@link #close} with an {@link
 * IllegalStateException}, both before any request. {@link ProviderGuard} does that.
 */
public interface FineTuningProvider extends AutoCloseable {

  /** Returns the short name. */
  ProviderId id();

  /**
   * Returns what works. What is not in it throws {@link
   * dev.finetune4j.error.UnsupportedCapabilityException} before any request.
   */
  Set<Capability> capabilities();

  /** Returns the last day on which a capability works, where the provider has announced one. */
  default Optional<LocalDate> availableUntil(Capability capability) {
    return Optional.empty();
  }

  /**
   * Returns the neutral rules and this provider's own, for data meant for this base model and
   * method. No I/O.
   */
  <E extends Example> DatasetValidator<E> validator(String baseModel, TrainingMethod<E> method);

  /**
   * Checks the training data of a request, then its validation data, by {@link #validator};
   * validation data may have any number of examples. Reads both; sends nothing.
   *
   * @return one report for each set
   */
  default List<ValidationReport> validate(FineTuningRequest request) {
    List<ValidationReport> reports = new ArrayList<>();
    reports.add(validate(request.baseModel(), request.method(), request.trainingData()));
    request
        .validationData()
        .map(data -> validate(request.baseModel(), request.method(), data))
        .map(report -> report.without("too-few-examples"))
        .ifPresent(reports::add);
    return reports;
  }

  @SuppressWarnings("unchecked") // A request has a method and data for the same kind of example.
  private <E extends Example> ValidationReport validate(
      String baseModel, TrainingMethod<E> method, Dataset<?> data) {
    return validator(baseModel, method).check((Dataset<E>) data);
  }

  /** Returns how this model counts tokens, or the best estimate. May read files of the model. */
  TokenCounter tokenCounter(String baseModel);

  /** Returns what is known of the base models: prices, dates, limits. No I/O. */
  ModelCatalog catalog();

  /**
   * Estimates the cost of training by the prices in {@link #catalog}; empty if the price is
   * unknown. Reads the training data once; sends nothing. For other prices see {@link
   * CostEstimator}.
   */
  default Optional<CostEstimate> estimate(FineTuningRequest request) {
    return new CostEstimator(catalog()).estimate(id(), request, tokenCounter(request.baseModel()));
  }

  /**
   * Validates the data, uploads it and makes one job. The same submission key never makes two: a
   * job that is there already is returned. From here on it costs what the provider charges for
   * training. {@link ProviderGuard#check} validates.
   *
   * @throws dev.finetune4j.dataset.validation.InvalidDatasetException before any request, if the
   *     data has errors; {@link FineTuningRequest.Builder#skipValidation} submits it anyway
   * @throws dev.finetune4j.error.UnsupportedCapabilityException before any request, if the request
   *     asks for what this provider cannot do
   * @throws dev.finetune4j.error.ProviderException if the provider refuses
   */
  JobHandle submit(FineTuningRequest request);

  /**
   * Returns the verbs of a job that exists. No I/O.
   *
   * @throws dev.finetune4j.error.InvalidRequestException if the job belongs to another provider
   */
  JobHandle job(JobReference reference);

  /**
   * Returns the job that was submitted under {@code key}; what recovery after a crash asks. One
   * request or a few.
   */
  Optional<JobReference> findJob(SubmissionKey key);

  /** Returns the single calls that job handles are made of. No I/O. */
  JobOperations jobOperations();

  /**
   * Returns a model that answers without a deployment, empty if this one does not.
   *
   * @throws dev.finetune4j.error.InvalidRequestException if the model belongs to another provider
   */
  Optional<ChatModel> chatModel(ModelReference model);

  /**
   * Returns the model of {@link #chatModel}.
   *
   * @throws UnsupportedCapabilityException if it answers only from a deployment
   */
  default ChatModel requireChatModel(ModelReference model) {
    return chatModel(model)
        .orElseThrow(
            () ->
                new UnsupportedCapabilityException(
                    id(),
                    "asking " + model.name() + " without a deployment",
                    "Deploy it first: deploy(model, name, timeToLive)."));
  }

  /**
   * Returns a model that answers without a deployment and can also be asked in batches; empty if
   * the service has none. No I/O.
   *
   * @throws dev.finetune4j.error.InvalidRequestException if the model belongs to another provider
   */
  default Optional<BatchChatModel> batchModel(ModelReference model) {
    return Optional.empty();
  }

  /** Returns the part that deploys, empty if the provider does not deploy. */
  Optional<Deployer> deployer();

  /**
   * Returns the part that deploys.
   *
   * @throws UnsupportedCapabilityException if the provider does not deploy
   */
  default Deployer requireDeployer() {
    return deployer()
        .orElseThrow(
            () ->
                new UnsupportedCapabilityException(
                    id(), "deployments", "Ask the model with requireChatModel(model)."));
  }

  /**
   * Deploys a model and waits until it answers; {@link DeployedModel#close} deletes it. For a
   * chosen capacity or registry of leases see {@link Deployer#deploy(DeploymentSpec, Duration,
   * LeaseRegistry)}, which also says what it costs and throws.
   *
   * @param timeToLive how long the deployment may exist if this process dies
   * @throws UnsupportedCapabilityException if the provider has no deployments
   */
  default DeployedModel deploy(ModelReference model, String name, Duration timeToLive) {
    return requireDeployer()
        .deploy(DeploymentSpec.of(model, name, Capacity.serverless()), timeToLive);
  }

  /**
   * Closes connections and ends the processes that this object started for itself; jobs and
   * deployments continue. Later calls, also on the handles and models that it gave out, throw an
   * {@link IllegalStateException}. Closing twice is no error.
   */
  @Override
  void close();
}
