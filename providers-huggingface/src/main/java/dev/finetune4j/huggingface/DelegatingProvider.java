package dev.finetune4j.huggingface;

import dev.finetune4j.ModelReference;
import dev.finetune4j.ProviderId;
import dev.finetune4j.catalog.ModelCatalog;
import dev.finetune4j.cost.Money;
import dev.finetune4j.cost.PriceBook;
import dev.finetune4j.dataset.Example;
import dev.finetune4j.dataset.validation.DatasetValidator;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.job.JobHandle;
import dev.finetune4j.job.JobOperations;
import dev.finetune4j.job.JobReference;
import dev.finetune4j.provider.Capability;
import dev.finetune4j.provider.Deployer;
import dev.finetune4j.provider.FineTuningProvider;
import dev.finetune4j.provider.ProviderGuard;
import dev.finetune4j.token.EstimatedTokenCounter;
import dev.finetune4j.token.TokenCounter;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.SubmissionKey;
import dev.finetune4j.training.TrainingMethod;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * What the providers of this module have in common: they delegate to a {@link HuggingFaceRunner}.
 * Thread-safe.
 */
abstract sealed class DelegatingProvider implements FineTuningProvider
    permits HuggingFaceProvider, AutoTrainProvider {
  private final ProviderGuard guard = new ProviderGuard(HuggingFaceProvider.ID);
  private final HuggingFaceRunner runner;

  DelegatingProvider(HuggingFaceRunner runner) {
    this.runner = runner;
  }

  final void requireOpen() {
    guard.requireOpen();
  }

  @Override
  public ProviderId id() {
    return HuggingFaceProvider.ID;
  }

  @Override
  public Set<Capability> capabilities() {
    return runner.capabilities();
  }

  @Override
  public <E extends Example> DatasetValidator<E> validator(
      String baseModel, TrainingMethod<E> method) {
    return DatasetValidator.builder(method.exampleType()).build();
  }

  /** Returns a counter that estimates, because the tokenizers of open models differ. */
  @Override
  public TokenCounter tokenCounter(String baseModel) {
    return new EstimatedTokenCounter();
  }

  /**
   * Creates one job. On this machine, it writes the data into a job folder and starts a child
   * process; unless an interpreter was set, the first call builds the Python environment, which
   * takes minutes and some gigabytes. On Jobs, it commits the data and starts a machine, which is
   * billed by the minute.
   */
  @Override
  public JobHandle submit(FineTuningRequest request) {
    guard.check(this, request);
    return job(runner.submit(request));
  }

  @Override
  public JobHandle job(JobReference reference) {
    return new JobHandle(guard.require(reference), jobOperations(), runner.time());
  }

  @Override
  public Optional<JobReference> findJob(SubmissionKey key) {
    guard.requireOpen();
    return runner.find(key);
  }

  @Override
  public JobOperations jobOperations() {
    return guard.guard(runner.operations());
  }

  /**
   * Returns a base model; tuned models must be deployed first. On this machine, a local server
   * answers, which starts on the first call. For Jobs, the router of Inference Providers answers,
   * which bills by the token and serves only models that some provider hosts.
   */
  @Override
  public Optional<ChatModel> chatModel(ModelReference model) {
    return runner.chatModel(guard.require(model).name());
  }

  @Override
  public Optional<Deployer> deployer() {
    guard.requireOpen();
    return Optional.of(guard.guard(runner.deployer()));
  }

  /**
   * Returns the catalog. On this machine, training the named bases is free; for Jobs the catalog is
   * empty, because machines are billed by the minute and not by model. Sends no request.
   */
  @Override
  public ModelCatalog catalog() {
    return runner.catalog();
  }

  /**
   * Returns the current prices of the services, for workflows with a cost ceiling. For Jobs: the
   * hourly price of the training machine, of the serving machine if the options name it, and the
   * router's price of base models, which is the highest of their hosts. Up to three requests. For
   * Spaces, the training price is unknown because no API reports it, so a plan with a ceiling stops
   * before training; the rest is as for Jobs. For this machine, returns the catalog.
   *
   * <p>See {@link #longestTrainingCost()} for the most that a job can cost at any speed.
   *
   * @param assumedTokensPerSecond the assumed training speed; above 0
   * @throws dev.finetune4j.error.InvalidRequestException if the machine in the options does not
   *     exist
   */
  public PriceBook prices(double assumedTokensPerSecond) {
    guard.requireOpen();
    return runner.prices(assumedTokensPerSecond);
  }

  /**
   * Returns the most that one job can cost: its machine until the service ends it. One request for
   * Jobs; empty if the price is unknown, as always for Spaces; zero on this machine.
   */
  public Optional<Money> longestTrainingCost() {
    guard.requireOpen();
    return runner.longestTrainingCost();
  }

  /**
   * Returns the folder with the result of a tuned model: an adapter as PEFT reads it, or a whole
   * checkpoint. On this machine, with the option {@code merge}, its subfolder {@code merged} has
   * the merged checkpoint. The result of a remote job is first downloaded into the Hub cache.
   *
   * @throws dev.finetune4j.error.NotFoundException if there is no such model
   */
  public Path outputFolder(ModelReference model) {
    return runner.outputFolder(guard.require(model).name());
  }

  /**
   * Stops the servers of this object and closes its connections; jobs and endpoints keep running.
   */
  @Override
  public void close() {
    guard.close();
    runner.close();
  }
}
