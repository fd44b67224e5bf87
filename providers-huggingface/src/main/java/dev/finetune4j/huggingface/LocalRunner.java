package dev.finetune4j.huggingface;

import dev.finetune4j.Time;
import dev.finetune4j.catalog.ModelCatalog;
import dev.finetune4j.cost.Money;
import dev.finetune4j.cost.PriceBook;
import dev.finetune4j.huggingface.internal.trl.TrlErrors;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.job.JobOperations;
import dev.finetune4j.job.JobReference;
import dev.finetune4j.provider.Capability;
import dev.finetune4j.provider.Deployer;
import dev.finetune4j.providerkit.process.StoredDeployments;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.SubmissionKey;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Trains in processes on this machine and serves models on its loopback address. Thread-safe. */
final class LocalRunner implements HuggingFaceRunner {
  private final HuggingFaceBases bases;
  private final LocalJobs processes;
  private final TrlModels models;
  private final TrlServers servers;
  private final TrlDeployer deployer;
  private final Time time;

  LocalRunner(HuggingFaceSettings settings, HuggingFaceBases bases, LocalJobs processes) {
    this.bases = bases;
    time = settings.time();
    this.processes = processes;
    models = new TrlModels(bases, processes.jobs());
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

  @Override
  public Set<Capability> capabilities() {
    return processes.capabilities();
  }

  @Override
  public JobReference submit(FineTuningRequest request) {
    return processes.submit(request);
  }

  @Override
  public JobReference submit(AutoTrainYamlOptions file) {
    return processes.submit(file);
  }

  @Override
  public Optional<JobReference> find(SubmissionKey key) {
    return processes.jobs().find(key.value());
  }

  @Override
  public JobOperations operations() {
    return processes.operations();
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
