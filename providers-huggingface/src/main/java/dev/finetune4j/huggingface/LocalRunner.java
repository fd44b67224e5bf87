package dev.finetune4j.huggingface;

import dev.finetune4j.Time;
import dev.finetune4j.catalog.ModelCatalog;
import dev.finetune4j.cost.Money;
import dev.finetune4j.cost.PriceBook;
import dev.finetune4j.huggingface.internal.trl.TrlEnvironment;
import dev.finetune4j.huggingface.internal.trl.TrlErrors;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.job.JobOperations;
import dev.finetune4j.job.JobReference;
import dev.finetune4j.provider.Deployer;
import dev.finetune4j.providerkit.process.JobContents;
import dev.finetune4j.providerkit.process.JobLauncher;
import dev.finetune4j.providerkit.process.ProcessJobOperations;
import dev.finetune4j.providerkit.process.StoredDeployments;
import dev.finetune4j.training.SubmissionKey;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Trains in processes on this machine, each with a job folder, and serves models on the loopback
 * address. Subclasses run one training program. Thread-safe.
 */
abstract class LocalRunner implements HuggingFaceRunner {
  private final HuggingFaceBases bases;
  private final ProcessJobOperations jobs;
  private final TrlModels models;
  private final TrlServers servers;
  private final TrlDeployer deployer;
  private final Time time;

  LocalRunner(HuggingFaceSettings settings, HuggingFaceBases bases, JobLauncher launcher) {
    this.bases = bases;
    time = settings.time();
    jobs =
        ProcessJobOperations.builder(
                TrlErrors.PROVIDER, settings.directory().resolve("jobs"), launcher)
            .time(time)
            .build();
    models = new TrlModels(bases, jobs);
    servers = new TrlServers(settings);
    TrlServing serving = new TrlServing(models, servers);
    deployer =
        new TrlDeployer(
            StoredDeployments.in(
                TrlErrors.PROVIDER, settings.directory().resolve("deployments"), serving),
            serving,
            settings.directory().toString(),
            time);
  }

  /** Creates a job folder and starts its process, unless the key already has one. */
  final JobReference start(SubmissionKey key, TrlEnvironment environment, JobContents contents) {
    // Built here because it may take minutes, during which the job folder must not be locked.
    environment.interpreter();
    return jobs.submit(key.value(), contents);
  }

  @Override
  public Optional<JobReference> find(SubmissionKey key) {
    return jobs.find(key.value());
  }

  @Override
  public JobOperations operations() {
    return jobs;
  }

  @Override
  public Optional<ChatModel> chatModel(String model) {
    return bases.isBase(model)
        ? Optional.of(new TrlChatModel(servers, models.require(model)))
        : Optional.empty();
  }

  @Override
  public Deployer deployer() {
    return deployer;
  }

  @Override
  public Optional<Money> longestTrainingCost() {
    return Optional.of(Money.zero());
  }

  @Override
  public PriceBook prices(double tokensPerSecond) {
    return catalog();
  }

  @Override
  public ModelCatalog catalog() {
    return HuggingFaceCatalog.ofThisMachine(bases.names(), time);
  }

  @Override
  public Path outputFolder(String model) {
    @Nullable Path folder = models.require(model).folder();
    if (folder == null) {
      throw TrlErrors.notFound("\"" + model + "\" is a base model, not the result of a job.");
    }
    return folder;
  }

  @Override
  public Time time() {
    return time;
  }

  @Override
  public void close() {
    servers.close();
  }
}
