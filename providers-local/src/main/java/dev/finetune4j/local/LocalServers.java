package dev.finetune4j.local;

import dev.finetune4j.error.OperationInterruptedException;
import dev.finetune4j.providerkit.chat.ChatCompletionsModel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The servers that this provider started: one for each base, however many adapters. Thread-safe.
 */
final class LocalServers implements AutoCloseable {
  private final LocalSettings settings;
  private final Map<Path, LocalServer> servers = new HashMap<>();
  private boolean closed;

  LocalServers(LocalSettings settings) {
    this.settings = settings;
  }

  /** Returns the server for these files, started now unless it runs. Does not wait for it. */
  synchronized LocalServer start(LocalModels.Files files) {
    if (closed) {
      throw new IllegalStateException("This provider is closed; build a new one.");
    }
    LocalServer server = servers.get(files.checkpoint());
    if (server == null || !server.isAlive()) {
      if (server != null) {
        server.end();
      }
      server = LocalServer.start(files, settings);
      servers.put(files.checkpoint(), server);
    }
    return server;
  }

  /** Returns the server for these files if there was one, running or not. */
  synchronized @Nullable LocalServer find(LocalModels.Files files) {
    return servers.get(files.checkpoint());
  }

  /** Waits until the files are served. */
  ChatCompletionsModel require(LocalModels.Files files) {
    try {
      return start(files).require(files);
    } catch (InterruptedException e) {
      throw OperationInterruptedException.from(
          "The thread was interrupted while the server started.", e);
    }
  }

  /** Unloads a model from its server. */
  void unload(LocalModels.Files files) {
    @Nullable LocalServer server = find(files);
    if (server == null || !server.isAlive() || !server.isStarted()) {
      return;
    }
    try {
      server.unload(files.name());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    servers.values().forEach(LocalServer::close);
    servers.clear();
  }
}
