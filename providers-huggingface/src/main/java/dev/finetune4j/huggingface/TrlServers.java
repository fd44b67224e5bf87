package dev.finetune4j.huggingface;

import dev.finetune4j.error.OperationInterruptedException;
import dev.finetune4j.providerkit.chat.ChatCompletionsModel;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The servers that this provider started, one per model. Thread-safe. */
final class TrlServers implements AutoCloseable {
  private final HuggingFaceSettings settings;
  private final Map<String, TrlServer> servers = new HashMap<>();
  private boolean closed;

  TrlServers(HuggingFaceSettings settings) {
    this.settings = settings;
  }

  /** Returns the server for these files, starting it if necessary. Does not wait for it. */
  synchronized TrlServer start(TrlModels.Files files) {
    if (closed) {
      throw new IllegalStateException("This provider is closed; build a new one.");
    }
    TrlServer server = servers.get(files.name());
    if (server == null || !server.isAlive()) {
      if (server != null) {
        server.end();
      }
      server = TrlServer.start(TrlServerCommand.of(settings, files), settings);
      servers.put(files.name(), server);
    }
    return server;
  }

  /** Returns the server of a model if it was ever started. */
  synchronized @Nullable TrlServer find(String model) {
    return servers.get(model);
  }

  /** Waits until the model is served. */
  ChatCompletionsModel require(TrlModels.Files files) {
    try {
      return start(files).require();
    } catch (InterruptedException e) {
      throw OperationInterruptedException.from(
          "The thread was interrupted while the server started.", e);
    }
  }

  /** Stops the server of a model. */
  void end(String model) {
    @Nullable TrlServer server;
    synchronized (this) {
      server = servers.remove(model);
    }
    if (server != null) {
      server.close();
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    servers.values().forEach(TrlServer::close);
    servers.clear();
  }
}
