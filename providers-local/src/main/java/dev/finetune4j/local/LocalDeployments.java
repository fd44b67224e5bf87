package dev.finetune4j.local;

import dev.finetune4j.ModelReference;
import dev.finetune4j.cost.Money;
import dev.finetune4j.deployment.Capacity;
import dev.finetune4j.deployment.Deployment;
import dev.finetune4j.deployment.DeploymentOperations;
import dev.finetune4j.deployment.DeploymentReference;
import dev.finetune4j.deployment.DeploymentSpec;
import dev.finetune4j.deployment.DeploymentStatus;
import dev.finetune4j.error.FineTuningException;
import dev.finetune4j.error.NotFoundException;
import dev.finetune4j.internal.json.AtomicFile;
import dev.finetune4j.internal.json.Json;
import dev.finetune4j.internal.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Deployments are files that say which model answers under which name; a server for them runs as
 * long as this application wants one. So they outlive it, and cost nothing meanwhile. Thread-safe.
 */
final class LocalDeployments implements DeploymentOperations {
  private static final String NAME_FORM = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";
  private static final String ENDING = ".json";

  private final Path directory;
  private final LocalModels models;
  private final LocalServers servers;

  LocalDeployments(Path directory, LocalModels models, LocalServers servers) {
    this.directory = directory;
    this.models = models;
    this.servers = servers;
  }

  private record Entry(ModelReference model, Map<String, String> labels) {}

  @Override
  public Deployment create(DeploymentSpec spec) {
    if (!(spec.capacity() instanceof Capacity.Serverless)) {
      throw LocalErrors.unsupported(
          "deployments on chosen hardware or of a reserved rate",
          "It answers on this machine: take Capacity.serverless().");
    }
    if (!spec.name().matches(NAME_FORM)) {
      throw LocalErrors.invalid(
          "A deployment's name has 1 to 64 letters, digits, dots, hyphens or underscores, and this"
              + " has not: \""
              + spec.name()
              + "\".");
    }
    DeploymentReference reference = new DeploymentReference(LocalProvider.ID, spec.name());
    models.require(spec.model().name());
    Optional<Entry> there = find(reference);
    if (there.isEmpty()) {
      write(reference, new Entry(spec.model(), spec.labels()));
    } else if (!there.get().model().equals(spec.model())) {
      throw LocalErrors.invalid(
          "The deployment \""
              + spec.name()
              + "\" serves "
              + there.get().model()
              + " already. Delete it, or take another name.");
    }
    return fetch(reference);
  }

  /** Starts the server too if it does not run; the deployment is ready some seconds later. */
  @Override
  public Deployment fetch(DeploymentReference deployment) {
    Optional<Entry> entry = find(deployment);
    if (entry.isEmpty()) {
      ModelReference unknown = new ModelReference(LocalProvider.ID, "unknown");
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
    Optional<Entry> entry = find(deployment);
    if (entry.isEmpty()) {
      return;
    }
    try {
      Files.deleteIfExists(file(deployment));
    } catch (IOException e) {
      throw LocalErrors.unreadable("The deployment " + file(deployment), e);
    }
    boolean used = list().stream().anyMatch(other -> other.model().equals(entry.get().model()));
    if (!used) {
      unload(entry.get().model());
    }
  }

  /** Returns what the files say; starts no server, so none of them is ready. */
  @Override
  public List<Deployment> list() {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(ENDING) && name.matches(NAME_FORM))
          .map(name -> name.substring(0, name.length() - ENDING.length()))
          .sorted()
          .map(name -> new DeploymentReference(LocalProvider.ID, name))
          .flatMap(reference -> find(reference).map(entry -> idle(reference, entry)).stream())
          .toList();
    } catch (IOException e) {
      throw LocalErrors.unreadable("The deployments in " + directory, e);
    }
  }

  /** Returns the model of a deployment, for asking it. */
  LocalModels.Files files(Deployment deployment) {
    return models.require(deployment.model().name());
  }

  private Deployment look(DeploymentReference reference, Entry entry) throws InterruptedException {
    LocalModels.Files files = models.require(entry.model().name());
    @Nullable LocalServer before = servers.find(files);
    if (before != null && before.isStarted() && !before.isAlive()) {
      // Says why it ended, once; whoever looks again, or asks, starts another.
      before.endpoint();
    }
    LocalServer server = servers.start(files);
    if (!server.isStarted()) {
      return snapshot(reference, entry, DeploymentStatus.CREATING).build();
    }
    server.require(files);
    return snapshot(reference, entry, DeploymentStatus.READY).endpoint(server.endpoint()).build();
  }

  private Deployment idle(DeploymentReference reference, Entry entry) {
    return snapshot(reference, entry, DeploymentStatus.PAUSED).build();
  }

  private static Deployment.Builder snapshot(
      DeploymentReference reference, Entry entry, DeploymentStatus status) {
    return Deployment.builder(reference, entry.model(), status)
        .labels(entry.labels())
        .pricePerHour(Money.zero());
  }

  private void unload(ModelReference model) {
    try {
      servers.unload(models.require(model.name()));
    } catch (NotFoundException filesGone) {
      return;
    }
  }

  private Path file(DeploymentReference deployment) {
    return directory.resolve(deployment.id() + ENDING);
  }

  private Optional<Entry> find(DeploymentReference deployment) {
    if (!deployment.id().matches(NAME_FORM)) {
      return Optional.empty();
    }
    try {
      JsonObject json = Json.parseObject(Files.readString(file(deployment)));
      Map<String, String> labels = new LinkedHashMap<>();
      JsonObject marks = json.findObject("labels").orElse(JsonObject.empty());
      marks.asMap().keySet().forEach(key -> labels.put(key, marks.requireString(key)));
      return Optional.of(
          new Entry(new ModelReference(LocalProvider.ID, json.requireString("model")), labels));
    } catch (NoSuchFileException notThere) {
      return Optional.empty();
    } catch (IOException e) {
      throw LocalErrors.unreadable("The deployment " + file(deployment), e);
    }
  }

  private void write(DeploymentReference deployment, Entry entry) {
    JsonObject json =
        JsonObject.empty().put("model", entry.model().name()).put("labels", entry.labels());
    try {
      Files.createDirectories(directory);
      AtomicFile.write(file(deployment), json.toString());
    } catch (IOException e) {
      throw LocalErrors.unreadable("The deployment " + file(deployment), e);
    }
  }
}
