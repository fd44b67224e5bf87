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
 * Fine-tunes open models with Hugging Face's programs. Where it trains is said once, when it is
 * made; all else, and every request and plan, is the same:
 *
 * <pre>{@code
 * HuggingFaceProvider.local(Path.of("runs")).build()               // TRL on this machine, served here
 * HuggingFaceProvider.onJobs(token).flavor("a10g-large").build()   // TRL on Hugging Face Jobs, billed
 *
 * JobHandle job = provider.submit(
 *     FineTuningRequest.builder("HuggingFaceTB/SmolLM2-135M-Instruct", SupervisedTraining.withDefaults(), data)
 *         .build());
 * ModelReference tuned = job.await(PollingSchedule.local()).requireFineTunedModel();
 * }</pre>
 *
 * <p>A base is the name of a repository on the Hub, or here also a folder. Options of a request are
 * settings of TRL by their own names, besides {@code merge}, {@code checkpoint_steps}, {@code
 * threads}, {@code revision}, {@code chat_template} and {@code accelerate}; one that TRL does not
 * know is refused. Thread-safe.
 */
public final class HuggingFaceProvider implements FineTuningProvider {
  /** The short name of this provider. */
  public static final ProviderId ID = TrlErrors.PROVIDER;

  private final HuggingFaceRunner runner;

  HuggingFaceProvider(HuggingFaceRunner runner) {
    this.runner = runner;
  }

  /**
   * Starts the settings of a provider that trains with TRL in processes of this machine, on its
   * graphics card or its processor, and serves here.
   *
   * <p>A job is a child process that outlives this application and is found again by its reference
   * or its submission key; one that dies is started again from its last checkpoint by whoever looks
   * at the job. Several providers, also of several applications, may use one directory.
   *
   * @param directory where jobs, results and deployments are kept; made when it is needed
   */
  public static HuggingFaceLocalOptions local(Path directory) {
    return new HuggingFaceLocalOptions(directory);
  }

  /**
   * Starts the settings of a provider that trains with TRL on the machines of Hugging Face Jobs,
   * and serves on Inference Endpoints. Both bill the token's account.
   *
   * <p>A job's folder is committed to the private data set {@code finetune4j-jobs} of the account
   * and mounted at that commit; its result goes to a private model repository of its own. A job
   * ends at the latest after the time of the options, and what it has not brought to the Hub by
   * then is lost.
   *
   * @param token writes repositories, runs jobs, manages endpoints; a job gets it as a secret
   */
  @Experimental
  public static HuggingFaceJobsOptions onJobs(Supplier<String> token) {
    return new HuggingFaceJobsOptions(token, JobsRunner::new);
  }

  /**
   * Starts the settings of a provider that trains with AutoTrain 0.8.36 in processes of this
   * machine, and serves here. For whoever has AutoTrain's configurations and wants its results; the
   * project rests since January 2025, cannot train models that are newer, and does less than {@link
   * #local}: no validation, seed, pause or tools.
   *
   * @param directory where jobs, results and deployments are kept; made when it is needed
   */
  @Experimental
  public static HuggingFaceAutoTrainOptions autoTrain(Path directory) {
    return new HuggingFaceAutoTrainOptions(directory);
  }

  /**
   * Starts the settings of a provider that trains with AutoTrain in Docker Spaces, one private
   * Space for one job, made by this library: AutoTrain's own service loses the models that it
   * trains. It serves as {@link #onJobs} does. The Space bills by the hour from its start; its
   * program pauses it, whoever sees the end of the job deletes it, and a forgotten one sleeps half
   * an hour after the time of the options, except on the free machine, which bills nothing.
   *
   * @param token writes repositories and Spaces; a Space gets it as a secret
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

  /** Returns an estimate: the tokenizers of open models differ. */
  @Override
  public TokenCounter tokenCounter(String baseModel) {
    return new EstimatedTokenCounter();
  }

  /**
   * Makes one job. Here it writes the data into a job folder and starts a child process; the first
   * call on a machine builds the Python environment unless an interpreter is named: minutes, and
   * some gigabytes. On Jobs it commits the data and orders a machine, which bills by the minute.
   */
  @Override
  public JobHandle submit(FineTuningRequest request) {
    return job(runner.submit(request));
  }

  /**
   * Makes one job of a user's own configuration of AutoTrain; a provider of {@link #autoTrain}
   * does. Costs what a job of a request costs there.
   *
   * @throws dev.finetune4j.error.UnsupportedCapabilityException if this provider trains with TRL,
   *     or cannot do what the file asks for
   */
  @Experimental
  public JobHandle submit(AutoTrainYamlOptions file) {
    return job(runner.submit(file));
  }

  @Override
  public JobHandle job(JobReference reference) {
    return new JobHandle(reference, runner.operations(), runner.time());
  }

  @Override
  public Optional<JobReference> findJob(SubmissionKey key) {
    return runner.find(key);
  }

  @Override
  public JobOperations jobOperations() {
    return runner.operations();
  }

  /**
   * Returns a base; a tuned model is deployed first. Here a server of this machine answers, which
   * starts at the first question; for Jobs it is the router of Inference Providers, which bills by
   * the token and serves what some provider hosts.
   */
  @Override
  public Optional<ChatModel> chatModel(ModelReference model) {
    return model.provider().equals(ID) ? runner.chatModel(model.name()) : Optional.empty();
  }

  @Override
  public Optional<Deployer> deployer() {
    return Optional.of(runner.deployer());
  }

  /**
   * Returns what is known of costs: here that the named bases cost nothing that anybody bills; for
   * Jobs nothing, since machines are billed by the minute and not by the model. No request.
   */
  public ModelCatalog catalog() {
    return runner.catalog();
  }

  /**
   * Returns prices as the services say them now, for a workflow whose plan has a ceiling. For Jobs:
   * the machine that trains, by the hour; the one that serves, if the options name it; and what the
   * router asks for base models, the dearest of those who host one. Up to three requests. For
   * Spaces no price of training, since no call says it, so that a plan with a ceiling stops before
   * it starts; the rest as for Jobs. For this machine the catalog.
   *
   * <p>What a job costs at most, however slow it is, says {@link #longestTrainingCost()}.
   *
   * @param assumedTokensPerSecond how fast it is taken to train; above 0
   * @throws dev.finetune4j.error.InvalidRequestException if there is no machine of that name
   */
  public PriceBook prices(double assumedTokensPerSecond) {
    return runner.prices(assumedTokensPerSecond);
  }

  /**
   * Returns what one job costs at most: its machine until the service ends it. One request for
   * Jobs; empty if the price is not said, as always for Spaces. Nothing on this machine.
   */
  public Optional<Money> longestTrainingCost() {
    return runner.longestTrainingCost();
  }

  /**
   * Returns the folder with the result of a tuned model: an adapter as PEFT reads it, or a whole
   * checkpoint. Here, with the option {@code merge}, its sub-folder {@code merged} has both in one.
   * The result of a job elsewhere is fetched into the Hub's cache first: requests, and its size on
   * the disk.
   *
   * @throws dev.finetune4j.error.NotFoundException if there is no such model
   */
  public Path outputFolder(ModelReference model) {
    return runner.outputFolder(model.name());
  }

  /** Ends the servers and connections of this object; trainings go on, endpoints too. */
  @Override
  public void close() {
    runner.close();
  }
}
