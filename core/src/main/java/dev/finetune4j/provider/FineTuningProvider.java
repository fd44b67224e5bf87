package dev.finetune4j.provider;

import dev.finetune4j.ModelReference;
import dev.finetune4j.ProviderId;
import dev.finetune4j.dataset.Example;
import dev.finetune4j.dataset.validation.DatasetValidator;
import dev.finetune4j.inference.BatchChatModel;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.job.JobHandle;
import dev.finetune4j.job.JobOperations;
import dev.finetune4j.job.JobReference;
import dev.finetune4j.token.TokenCounter;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.SubmissionKey;
import dev.finetune4j.training.TrainingMethod;
import java.time.LocalDate;
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

  /** Returns how this model counts tokens, or the best estimate. May read files of the model. */
  TokenCounter tokenCounter(String baseModel);

  /**
   * Uploads the data and makes one job. The same submission key never makes two: a job that is
   * there already is returned. From here on it costs what the provider charges for training.
   *
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
   * Returns a model that answers without a deployment and can also be asked in batches; empty if
   * the service has none. No I/O.
   *
   * @throws dev.finetune4j.error.InvalidRequestException if the model belongs to another provider
   */
  default Optional<BatchChatModel> batchModel(ModelReference model) {
    return Optional.empty();
  }

  /** Returns the part that deploys, empty if there is none. */
  Optional<Deployer> deployer();

  /**
   * Closes connections and ends the processes that this object started for itself; jobs and
   * deployments continue. Later calls, also on the handles and models that it gave out, throw an
   * {@link IllegalStateException}. Closing twice is no error.
   */
  @Override
  void close();
}
