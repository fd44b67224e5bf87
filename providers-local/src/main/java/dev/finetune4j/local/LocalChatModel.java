package dev.finetune4j.local;

import dev.finetune4j.error.ProviderUnavailableException;
import dev.finetune4j.inference.ChatRequest;
import dev.finetune4j.inference.ChatResponse;
import dev.finetune4j.inference.StreamingChatModel;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Calls a base or a tuned model through the server of its base, which is started at the first call
 * and restarted if it died. Thread-safe.
 */
final class LocalChatModel implements StreamingChatModel {
  private final LocalServers servers;
  private final LocalModels.Files files;

  LocalChatModel(LocalServers servers, LocalModels.Files files) {
    this.servers = servers;
    this.files = files;
  }

  @Override
  public ChatResponse chat(ChatRequest request) {
    try {
      return servers.require(files).chat(request);
    } catch (ProviderUnavailableException e) {
      @Nullable LocalServer server = servers.find(files);
      if (Thread.currentThread().isInterrupted() || (server != null && server.isAlive())) {
        throw e;
      }
      return servers.require(files).chat(request);
    }
  }

  @Override
  public ChatResponse chat(ChatRequest request, Consumer<String> onText) {
    return servers.require(files).chat(request, onText);
  }

  @Override
  public String toString() {
    return "LocalChatModel(" + files.name() + ")";
  }
}
