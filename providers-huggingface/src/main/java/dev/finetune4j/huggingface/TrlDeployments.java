package dev.finetune4j.huggingface;

import dev.finetune4j.ModelReference;
import dev.finetune4j.cost.Money;
import dev.finetune4j.deployment.Capacity;
import dev.finetune4j.deployment.Deployment;
import dev.finetune4j.deployment.DeploymentOperations;
import dev.finetune4j.deployment.DeploymentReference;
import dev.finetune4j.deployment.DeploymentSpec;
import dev.finetune4j.deployment.DeploymentStatus;
import dev.finetune4j.error.FineTuningException;
import dev.finetune4j.huggingface.TrlDeploymentFiles.Entry;
import dev.finetune4j.huggingface.internal.trl.TrlErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Deployments on this machine: what answers under which name is kept, and a server runs as long as
 * this application wants one. They cost nothing that anybody bills. Thread-safe.
 */
final class TrlDeployments implements DeploymentOperations {
  private final TrlDeploymentFiles store;
  private final TrlModels models;
  private final TrlServers servers;

  TrlDeployments(TrlDeploymentFiles store, TrlModels models, TrlServers servers) {
    this.store = store;
    this.models = models;
    this.servers = servers;
  }

  @Override
  public Deployment create(DeploymentSpec spec) {
    if (!(spec.capacity() instanceof Capacity.Serverless)) {
      throw TrlErrors.unsupported(
          "deployments on chosen hardware or of a reserved rate",
          "It answers on this machine: take Capacity.serverless().");
    }
    if (!TrlDeploymentFiles.isName(spec.name())) {
      throw TrlErrors.invalid(
          "A deployment's name has 1 to 64 letters, digits, dots, hyphens or underscores: \""
              + spec.name()
              + "\".");
    }
    models.require(spec.model().name());
    Optional<Entry> before = store.find(spec.name());
    if (before.isPresent() && !before.get().model().equals(spec.model())) {
      throw TrlErrors.invalid(
          "The deployment \""
              + spec.name()
              + "\" serves "
              + before.get().model()
              + " already. Delete it, or take another name.");
    }
    if (before.isEmpty()) {
      store.write(spec.name(), new Entry(spec.model(), spec.labels()));
    }
    return fetch(new DeploymentReference(TrlErrors.PROVIDER, spec.name()));
  }

  /** Starts the server too if it does not run; the deployment is ready some time later. */
  @Override
  public Deployment fetch(DeploymentReference deployment) {
    Optional<Entry> entry = store.find(deployment.id());
    if (entry.isEmpty()) {
      ModelReference unknown = new ModelReference(TrlErrors.PROVIDER, "unknown");
      return Deployment.builder(deployment, unknown, DeploymentStatus.DELETED).build();
    }
    try {
      return look(deployment, entry.get());
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
    Optional<Entry> entry = store.find(deployment.id());
    if (entry.isEmpty()) {
      return;
    }
    store.delete(deployment.id());
    ModelReference model = entry.get().model();
    if (list().stream().noneMatch(other -> other.model().equals(model))) {
      servers.end(model.name());
    }
  }

  /** Returns what the files say; starts no server, so none of them is ready. */
  @Override
  public List<Deployment> list() {
    List<Deployment> all = new ArrayList<>();
    for (DeploymentReference reference : store.all()) {
      store
          .find(reference.id())
          .map(entry -> snapshot(reference, entry, DeploymentStatus.PAUSED).build())
          .ifPresent(all::add);
    }
    return all;
  }

  TrlModels.Files files(Deployment deployment) {
    return models.require(deployment.model().name());
  }

  private Deployment look(DeploymentReference reference, Entry entry) throws InterruptedException {
    TrlModels.Files files = models.require(entry.model().name());
    @Nullable TrlServer before = servers.find(files.name());
    if (before != null && before.isStarted() && !before.isAlive()) {
      servers.end(files.name());
      // Says once why it ended; whoever looks again, or asks, starts another.
      before.require();
    }
    TrlServer server = servers.start(files);
    if (!server.isStarted()) {
      return snapshot(reference, entry, DeploymentStatus.CREATING).build();
    }
    server.require();
    return snapshot(reference, entry, DeploymentStatus.READY).endpoint(server.endpoint()).build();
  }

  private static Deployment.Builder snapshot(
      DeploymentReference reference, Entry entry, DeploymentStatus status) {
    return Deployment.builder(reference, entry.model(), status)
        .labels(entry.labels())
        .pricePerHour(Money.zero());
  }
}
