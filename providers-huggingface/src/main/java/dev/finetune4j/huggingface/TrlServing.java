package dev.finetune4j.huggingface;

import dev.finetune4j.providerkit.process.StoredDeployments;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Serves the models of deployments, one server per model. Thread-safe. */
record TrlServing(TrlModels models, TrlServers servers) implements StoredDeployments.Serving {

  @Override
  public void requireModel(String model) {
    models.require(model);
  }

  @Override
  public Optional<URI> serve(String model) throws InterruptedException {
    TrlModels.Files files = models.require(model);
    @Nullable TrlServer before = servers.find(model);
    if (before != null && before.isStarted() && !before.isAlive()) {
      servers.end(model);
      // Reports the reason once; the next call starts another server.
      before.require();
    }
    TrlServer server = servers.start(files);
    if (!server.isStarted()) {
      return Optional.empty();
    }
    server.require();
    return Optional.of(server.endpoint());
  }

  @Override
  public void release(String model) {
    servers.end(model);
  }
}
