package dev.finetune4j.huggingface;

import dev.finetune4j.Time;
import dev.finetune4j.catalog.ModelCatalog;
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
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** TRL in processes of this machine, and servers on its loopback address. Thread-safe. */
final class LocalRunner implements HuggingFaceRunner {
  private static final Set<Capability> CAPABILITIES = capabilitiesHere();

  private final HuggingFaceBases bases;
  private final TrlProcesses processes;
  private final TrlModels models;
  private final TrlServers servers;
  private final TrlDeployer deployer;
  private final Time time;

  LocalRunner(HuggingFaceSettings settings, HuggingFaceBases bases) {
    this.bases = bases;
    time = settings.time();
    processes = new TrlProcesses(settings, bases);
    models = new TrlModels(bases, processes.jobs());
    servers = new TrlServers(settings);
    TrlServing serving = new TrlServing(models, servers);
    deployer =
        new TrlDeployer(
            StoredDeployments.in(
                TrlErrors.PROVIDER, settings.directory().resolve("deployments"), serving),
            serving,
            time);
  }

  private static Set<Capability> capabilitiesHere() {
    Set<Capability> all = EnumSet.copyOf(TrlTraining.CAPABILITIES);
    all.add(Capability.PAUSE_JOB);
    all.add(Capability.CHECKPOINTS);
    return Collections.unmodifiableSet(all);
  }

  @Override
  public Set<Capability> capabilities() {
    return CAPABILITIES;
  }

  @Override
  public JobReference submit(FineTuningRequest request) {
    return processes.submit(request);
  }

  @Override
  public Optional<JobReference> find(SubmissionKey key) {
    return processes.jobs().find(key.value());
  }

  @Override
  public JobOperations operations() {
    return processes.jobs();
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
  public ModelCatalog catalog() {
    return HuggingFaceCatalog.ofThisMachine(bases.names(), time);
  }

  @Override
  public Path outputFolder(String model) {
    @Nullable Path folder = models.require(model).folder();
    if (folder == null) {
      throw TrlErrors.notFound("\"" + model + "\" is a base and not the result of a job.");
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
