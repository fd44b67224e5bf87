package dev.finetune4j.huggingface;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * How tuned models are served on this machine: a command that starts a server of OpenAI's chat
 * completions API. Immutable and thread-safe.
 *
 * <p>In the command, <code>{interpreter}</code> is the Python of the provider's environment, <code>
 *  {port}</code> a free port on the loopback address, <code>{name}</code> the model name in
 * requests, <code>{model}</code> the folder of a complete checkpoint, <code>{base}</code> the base
 * and <code>{adapter}</code> the folder of the adapter. A command that names <code>{adapter}</code>
 * serves adapters directly; for other commands, the adapter is first merged into its base, once.
 * For example vLLM:
 *
 * <pre>{@code
 * ServerOptions.command(List.of("vllm", "serve", "{base}", "--host", "127.0.0.1", "--port", "{port}",
 *         "--enable-lora", "--max-lora-rank", "64", "--lora-modules", "{name}={adapter}"),
 *     List.of("vllm", "serve", "{model}", "--host", "127.0.0.1", "--port", "{port}",
 *         "--served-model-name", "{name}"))
 * }</pre>
 */
public final class ServerOptions {
  private static final Duration STANDARD_START = Duration.ofMinutes(5);

  private final List<String> adapterCommand;
  private final List<String> modelCommand;
  private final boolean pinned;
  private final Duration startLimit;

  private ServerOptions(
      List<String> adapterCommand, List<String> modelCommand, boolean pinned, Duration limit) {
    this.adapterCommand = List.copyOf(adapterCommand);
    this.modelCommand = List.copyOf(modelCommand);
    this.pinned = pinned;
    this.startLimit = Objects.requireNonNull(limit, "limit");
  }

  /**
   * Returns {@code transformers serve}, one process per model, pinned to that model: requests for
   * other models are rejected. It is slow but runs anywhere. Its model list shows only the Hub
   * cache, so the served model is verified with a request that the server must reject.
   */
  public static ServerOptions transformers() {
    List<String> command =
        List.of(
            "{interpreter}",
            "-m",
            "transformers.cli.transformers",
            "serve",
            "{model}",
            "--host",
            "127.0.0.1",
            "--port",
            "{port}");
    return new ServerOptions(List.of(), command, true, STANDARD_START);
  }

  /**
   * Returns options for another server, which must list its model name under {@code /v1/models}.
   *
   * @param adapterCommand for adapters; empty to merge them first
   * @param modelCommand for base models and complete checkpoints
   */
  public static ServerOptions command(List<String> adapterCommand, List<String> modelCommand) {
    if (modelCommand.isEmpty()) {
      throw new IllegalArgumentException("modelCommand must not be empty.");
    }
    return new ServerOptions(adapterCommand, modelCommand, false, STANDARD_START);
  }

  /** Returns a copy with another limit on the start time of a server; 5 minutes by default. */
  public ServerOptions withStartLimit(Duration limit) {
    return new ServerOptions(adapterCommand, modelCommand, pinned, limit);
  }

  List<String> adapterCommand() {
    return adapterCommand;
  }

  List<String> modelCommand() {
    return modelCommand;
  }

  boolean servesAdapters() {
    return !adapterCommand.isEmpty();
  }

  boolean isPinned() {
    return pinned;
  }

  Duration startLimit() {
    return startLimit;
  }
}
