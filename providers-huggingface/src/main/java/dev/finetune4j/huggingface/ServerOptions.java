package dev.finetune4j.huggingface;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * How a tuned model is served on this machine: a command with a port that speaks OpenAI's chat
 * completions. Immutable and thread-safe.
 *
 * <p>In the command, <code>{interpreter}</code> is the Python of the provider's environment, <code>
 * {port}</code> a free port of the loopback address, <code>{name}</code> what the server is asked
 * for, <code>{model}</code> the folder of a whole checkpoint, <code>{base}</code> the base and
 * <code>{adapter}</code> the folder of the adapter. A command that names <code>{adapter}</code>
 * serves adapters as they are; for one that does not, an adapter is merged into its base first,
 * once. For example vLLM:
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
   * Returns {@code transformers serve}, one process for each model, pinned to it: a question for
   * another model is refused. It is slow and runs anywhere. Its list of models shows the Hub's
   * cache only, so what it serves is checked by a question that it must refuse.
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
   * Returns another server, which must list the name that it is given under {@code /v1/models}.
   *
   * @param adapterCommand for adapters; empty to have them merged first
   * @param modelCommand for bases and whole checkpoints
   */
  public static ServerOptions command(List<String> adapterCommand, List<String> modelCommand) {
    if (modelCommand.isEmpty()) {
      throw new IllegalArgumentException("A server needs a command for whole models.");
    }
    return new ServerOptions(adapterCommand, modelCommand, false, STANDARD_START);
  }

  /** Returns these options with another limit on the start of a server; 5 minutes if not set. */
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
