package dev.finetune4j.huggingface.internal.endpoint;

import dev.finetune4j.deployment.Deployment;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.providerkit.HttpTransport;
import dev.finetune4j.providerkit.chat.ChatCompletionsModel;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The connections to servers, one per address, kept until they are closed. Thread-safe. */
public final class AskedServers implements AutoCloseable {
  private final Function<URI, HttpTransport> connect;
  private final Map<URI, HttpTransport> asked = new ConcurrentHashMap<>();

  /** Creates an instance without connections. */
  public AskedServers(Function<URI, HttpTransport> connect) {
    this.connect = connect;
  }

  /**
   * Returns the model that a deployment serves. No request.
   *
   * @throws IllegalArgumentException if the deployment has no address yet
   */
  public ChatModel chatModel(Deployment deployment) {
    URI endpoint =
        deployment
            .endpoint()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "Deployment " + deployment.reference() + " has no address yet."));
    return ChatCompletionsModel.of(
        asked.computeIfAbsent(endpoint, connect), deployment.model().name());
  }

  /** Closes the connections; the servers keep running. */
  @Override
  public void close() {
    asked.values().forEach(HttpTransport::close);
  }
}
