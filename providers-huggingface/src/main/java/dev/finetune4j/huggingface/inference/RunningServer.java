package dev.finetune4j.huggingface.inference;

import dev.finetune4j.Experimental;
import dev.finetune4j.huggingface.hub.HuggingFaceHub;
import dev.finetune4j.inference.StreamingChatModel;
import dev.finetune4j.providerkit.Credential;
import dev.finetune4j.providerkit.HttpSettings;
import dev.finetune4j.providerkit.HttpTransport;
import dev.finetune4j.providerkit.catalog.ListedModel;
import dev.finetune4j.providerkit.catalog.ModelList;
import dev.finetune4j.providerkit.chat.ChatCompletionsModel;
import java.net.URI;
import java.util.List;
import java.util.function.Supplier;
import okhttp3.HttpUrl;

/**
 * A running model server that speaks OpenAI's chat completions API, such as vLLM, llama.cpp, Ollama
 * or a gateway. Thread-safe.
 *
 * <pre>{@code
 * try (RunningServer server = RunningServer.at(URI.create("http://127.0.0.1:8000/v1"))) {
 *   ChatModel tuned = server.requireModel("my-adapter");     // never the base by mistake
 * }
 * }</pre>
 */
@Experimental
public final class RunningServer implements AutoCloseable {
  private final HttpTransport transport;

  private RunningServer(URI address, Credential credential, HttpSettings http) {
    transport =
        HttpTransport.builder(HuggingFaceHub.HUGGING_FACE, HttpUrl.get(address.toString()))
            .credential(credential)
            .http(http)
            .build();
  }

  /** Returns the server at an address, including {@code /v1}, that requires no key. No I/O. */
  public static RunningServer at(URI address) {
    return new RunningServer(address, Credential.none(), HttpSettings.standard());
  }

  /** Returns the server at an address that requires a key. No I/O. */
  public static RunningServer at(URI address, Supplier<String> key) {
    return at(address, key, HttpSettings.standard());
  }

  /** Returns the server at an address that needs a key, asked with other settings. No I/O. */
  public static RunningServer at(URI address, Supplier<String> key, HttpSettings http) {
    return new RunningServer(address, Credential.bearer(key), http);
  }

  /** Returns the names of its models. One request. */
  public List<String> models() {
    return new ModelList(transport).all().stream().map(ListedModel::name).toList();
  }

  /**
   * Returns a model after checking that the server lists it, because some servers answer with their
   * base model for unknown names. One request.
   *
   * @throws dev.finetune4j.error.NotFoundException if it is not listed; the message names the
   *     listed models
   */
  public StreamingChatModel requireModel(String name) {
    ChatCompletionsModel model = ChatCompletionsModel.of(transport, name).withMaxTokensMember();
    model.requireServed();
    return model;
  }

  /** Closes the connections; the server keeps running. */
  @Override
  public void close() {
    transport.close();
  }
}
