package dev.finetune4j.huggingface;

import dev.finetune4j.Experimental;
import dev.finetune4j.ModelReference;
import dev.finetune4j.ProviderId;
import dev.finetune4j.catalog.ModelCatalog;
import dev.finetune4j.cost.Money;
import dev.finetune4j.cost.PriceBook;
import dev.finetune4j.dataset.Example;
import dev.finetune4j.dataset.validation.DatasetValidator;
import dev.finetune4j.huggingface.internal.trl.TrlErrors;
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
import java.util.function.Supplier;

/**
 * Fine-tunes open models with Hugging Face's tools. The factory method decides where training runs;
 * requests and plans are the same everywhere:
 *
 * <pre>{@code
 * HuggingFaceProvider.local(Path.of("runs")).build()               // TRL on this machine, served here
 * HuggingFaceProvider.onJobs(token).flavor("a10g-large").build()   // TRL on Hugging Face Jobs, billed
 *
 * FineTuningRequest request = FineTuningRequest.supervised("HuggingFaceTB/SmolLM2-135M-Instruct", data);
 * ModelReference tuned = provider.submit(request).await().requireFineTunedModel();
 * }</pre>
 *
 * <p>A base model is the name of a repository on the Hub or, on this machine, a folder. Provider
 * options of a request are TRL's own settings, and also {@code merge}, {@code checkpoint_steps},
 * {@code threads}, {@code revision}, {@code chat_template} and {@code accelerate}. Unknown options
 * are refused. Thread-safe.
 */
public final class HuggingFaceProvider implements FineTuningProvider {
  /** The short name of this provider. */
  public static final ProviderId ID = TrlErrors.PROVIDER;

  private final ProviderGuard guard = new ProviderGuard(ID);
  private final HuggingFaceRunner runner;

  HuggingFaceProvider(HuggingFaceRunner runner) {
    this.runner = runner;
  }

  /**
   * Returns settings of a provider that trains with TRL in processes on this machine, on its GPU or
   * CPU, and serves models here.
   *
   * <p>A job is a child process that outlives this application and can be found by its reference or
   * its submission key. If it dies, the next call that looks at the job restarts it from its last
   * checkpoint. Several providers and applications can share one directory.
   *
   * @param directory the folder of jobs, results and deployments; created when needed
   */
  public static HuggingFaceLocalOptions local(Path directory) {
    return new HuggingFaceLocalOptions(directory);
  }

  /**
   * Returns settings of a provider that trains with TRL on Hugging Face Jobs and serves models on
   * Inference Endpoints. Both bill the token's account.
   *
   * <p>A job's folder is committed to the account's private data set {@code finetune4j-jobs} and
   * mounted at that commit; its result goes to a new private model repository. The service ends a
   * job after the time set in the options; results not yet on the Hub are lost.
   *
   * @param token supplies the Hub token, which must be allowed to write repositories, run jobs and
   *     manage endpoints; passed to jobs as a secret
   */
  @Experimental
  public static HuggingFaceJobsOptions onJobs(Supplier<String> token) {
    return new HuggingFaceJobsOptions(token, JobsRunner::new);
  }

  /**
   * Returns settings of a provider that trains with AutoTrain 0.8.36 in processes on this machine
   * and serves models here. Intended for existing AutoTrain configurations: the project has had no
   * release since January 2025, cannot train newer models, and supports less than {@link #local}:
   * no validation, seed, pause or tools.
   *
   * @param directory the folder of jobs, results and deployments; created when needed
   */
  @Experimental
  public static HuggingFaceAutoTrainOptions autoTrain(Path directory) {
    return new HuggingFaceAutoTrainOptions(directory);
  }

  /**
   * Returns settings of a provider that trains with AutoTrain in Docker Spaces, one private Space
   * for each job; AutoTrain's own service loses the models that it trains. Serves models as {@link
   * #onJobs} does. A Space is billed by the hour from its start. Its program pauses it when
   * training ends, and the first call that sees the end of the job deletes it. A forgotten Space
   * sleeps half an hour after the time set in the options, except on the free machine, which is not
   * billed.
   *
   * @param token supplies the Hub token, which must be allowed to write repositories and Spaces;
   *     passed to Spaces as a secret
   */
  @Experimental
  public static HuggingFaceJobsOptions autoTrainOnSpaces(Supplier<String> token) {
    return new HuggingFaceJobsOptions(token, SpacesRunner::new)
        .image("ghcr.io/astral-sh/uv:python3.11-bookworm");
  }

  @Override
  public ProviderId id() {
    return ID;
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

  /**
   * Creates one job from an AutoTrain configuration file. Supported by providers from {@link
   * #autoTrain} and {@link #autoTrainOnSpaces}; costs the same as a job from a request.
   *
   * @throws dev.finetune4j.error.UnsupportedCapabilityException if this provider trains with TRL,
   *     or does not support what the file requests
   */
  @Experimental
  public JobHandle submit(AutoTrainYamlOptions file) {
    guard.requireOpen();
    return job(runner.submit(file));
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
