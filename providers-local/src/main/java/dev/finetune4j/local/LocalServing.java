package dev.finetune4j.local;

import dev.finetune4j.error.NotFoundException;
import dev.finetune4j.providerkit.process.StoredDeployments;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Serves the models of deployments: one server for each base. Thread-safe. */
record LocalServing(LocalModels models, LocalServers servers) implements StoredDeployments.Serving {

  @Override
  public void requireModel(String model) {
    models.require(model);
  }

  @Override
  public Optional<URI> serve(String model) throws InterruptedException {
    LocalModels.Files files = models.require(model);
    @Nullable LocalServer before = servers.find(files);
    if (before != null && before.isStarted() && !before.isAlive()) {
      // Reports once why it ended; the next look or question starts another.
      before.endpoint();
    }
    LocalServer server = servers.start(files);
    if (!server.isStarted()) {
      return Optional.empty();
    }
    server.require(files);
    return Optional.of(server.endpoint());
  }

  @Override
  public void release(String model) {
    try {
      servers.unload(models.require(model));
    } catch (NotFoundException filesGone) {
      return;
    }
  }
}
