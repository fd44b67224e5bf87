package dev.finetune4j.huggingface;

import dev.finetune4j.inference.ChatRequest;
import dev.finetune4j.inference.ChatResponse;
import dev.finetune4j.inference.StreamingChatModel;
import java.util.function.Consumer;

/** A model served on this machine; its server starts on the first call. Thread-safe. */
final class TrlChatModel implements StreamingChatModel {
  private final TrlServers servers;
  private final TrlModels.Files files;

  TrlChatModel(TrlServers servers, TrlModels.Files files) {
    this.servers = servers;
    this.files = files;
  }

  @Override
  public ChatResponse chat(ChatRequest request) {
    return servers.require(files).chat(request);
  }

  @Override
  public ChatResponse chat(ChatRequest request, Consumer<String> onText) {
    return servers.require(files).chat(request, onText);
  }

  @Override
  public String toString() {
    return "TrlChatModel(" + files.name() + ")";
  }
}
