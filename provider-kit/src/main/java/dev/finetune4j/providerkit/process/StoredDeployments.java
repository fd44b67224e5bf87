package dev.finetune4j.providerkit.process;

import dev.finetune4j.ModelReference;
import dev.finetune4j.PollingSchedule;
import dev.finetune4j.ProviderId;
import dev.finetune4j.cost.Money;
import dev.finetune4j.deployment.Capacity;
import dev.finetune4j.deployment.Deployment;
import dev.finetune4j.deployment.DeploymentOperations;
import dev.finetune4j.deployment.DeploymentReference;
import dev.finetune4j.deployment.DeploymentSpec;
import dev.finetune4j.deployment.DeploymentStatus;
import dev.finetune4j.error.FineTuningException;
import dev.finetune4j.error.InvalidRequestException;
import dev.finetune4j.error.ProviderFailure;
import dev.finetune4j.error.UnsupportedCapabilityException;
import dev.finetune4j.providerkit.process.DeploymentFiles.Entry;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Deployments on this machine: files in a folder say which model answers under which name, and a
 * server for it runs as long as this application wants one. So they outlive it, and cost nothing
 * that anybody bills. No request; {@link #fetch} starts a process. Thread-safe.
 */
public final class StoredDeployments implements DeploymentOperations {
  private final ProviderId provider;
  private final DeploymentFiles files;
  private final Serving serving;

  private StoredDeployments(ProviderId provider, DeploymentFiles files, Serving serving) {
    this.provider = provider;
    this.files = files;
    this.serving = Objects.requireNonNull(serving, "serving");
  }

  /** What runs the servers. Thread-safe. */
  public interface Serving {

    /**
     * Checks that there is a model of that name.
     *
     * @throws dev.finetune4j.error.NotFoundException if it does not exist
     */
    void requireModel(String model);

    /**
     * Starts what serves the model, unless it runs, and returns where it answers; empty while it
     * starts.
     *
     * @throws FineTuningException if it cannot be served, or its server has ended; says so once,
     *     the next call starts another
     * @throws InterruptedException if the thread is interrupted
     */
    Optional<URI> serve(String model) throws InterruptedException;

    /**
     * Ends the service of a model whose last deployment was deleted; no error if it was never
     * served.
     */
    void release(String model);
  }

  /**
   * Returns the deployments of a folder. No I/O.
   *
   * @param directory where they are kept; made when it is needed
   */
  public static StoredDeployments in(ProviderId provider, Path directory, Serving serving) {
    return new StoredDeployments(provider, new DeploymentFiles(provider, directory), serving);
  }

  @Override
  public PollingSchedule polling() {
    return PollingSchedule.local();
  }

  @Override
  public Deployment create(DeploymentSpec spec) {
    if (!(spec.capacity() instanceof Capacity.Serverless)) {
      throw new UnsupportedCapabilityException(
          provider,
          "deployments on chosen hardware or of a reserved rate",
          "It answers on this machine: take Capacity.serverless().");
    }
    if (!DeploymentFiles.isName(spec.name())) {
      throw invalid(
          "A deployment's name has 1 to 64 letters, digits, dots, hyphens or underscores, and this"
              + " has not: \""
              + spec.name()
              + "\".");
    }
    serving.requireModel(spec.model().name());
    Optional<Entry> there = files.find(spec.name());
    if (there.isEmpty()) {
      files.write(spec.name(), new Entry(spec.model(), spec.labels()));
    } else if (!there.get().model().equals(spec.model())) {
      throw invalid(
          "The deployment \""
              + spec.name()
              + "\" serves "
              + there.get().model()
              + " already. Delete it, or take another name.");
    }
    return fetch(new DeploymentReference(provider, spec.name()));
  }

  /** Starts the server too if it does not run; the deployment is ready some time later. */
  @Override
  public Deployment fetch(DeploymentReference deployment) {
    Optional<Entry> entry = files.find(deployment.id());
    if (entry.isEmpty()) {
      ModelReference unknown = new ModelReference(provider, "unknown");
      return Deployment.builder(deployment, unknown, DeploymentStatus.DELETED).build();
    }
    try {
      Optional<URI> endpoint = serving.serve(entry.get().model().name());
      return endpoint.isEmpty()
          ? snapshot(deployment, entry.get(), DeploymentStatus.CREATING).build()
          : snapshot(deployment, entry.get(), DeploymentStatus.READY)
              .endpoint(endpoint.get())
              .build();
    } catch (FineTuningException e) {
      return snapshot(deployment, entry.get(), DeploymentStatus.FAILED)
          .failureReason(e.getMessage())
          .build();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return snapshot(deployment, entry.get(), DeploymentStatus.CREATING).build();
    }
  }

  @Override
  public void delete(DeploymentReference deployment) {
    Optional<Entry> entry = files.find(deployment.id());
    if (entry.isEmpty()) {
      return;
    }
    files.delete(deployment.id());
    ModelReference model = entry.get().model();
    if (list().stream().noneMatch(other -> other.model().equals(model))) {
      serving.release(model.name());
    }
  }

  /** Returns what the files say; starts no server, so none of them is ready. */
  @Override
  public List<Deployment> list() {
    return files.names().stream().flatMap(this::idle).toList();
  }

  private Stream<Deployment> idle(String name) {
    DeploymentReference reference = new DeploymentReference(provider, name);
    return files.find(name).stream()
        .map(entry -> snapshot(reference, entry, DeploymentStatus.PAUSED).build());
  }

  private static Deployment.Builder snapshot(
      DeploymentReference reference, Entry entry, DeploymentStatus status) {
    return Deployment.builder(reference, entry.model(), status)
        .labels(entry.labels())
        .pricePerHour(Money.zero());
  }

  private InvalidRequestException invalid(String message) {
    return new InvalidRequestException(ProviderFailure.of(provider, message));
  }
}
