package dev.finetune4j.huggingface;

import dev.finetune4j.Time;
import dev.finetune4j.huggingface.internal.trl.TrlEnvironment;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Settings of {@link HuggingFaceProvider#local}. Not thread-safe. */
public final class HuggingFaceLocalOptions {
  private final Path directory;
  private final Map<String, Path> bases = new TreeMap<>();
  private TrlEnvironment environment = TrlEnvironment.builtIn(TrlEnvironment.userCache());
  private ServerOptions server = ServerOptions.transformers();
  private Time time = Time.system();

  HuggingFaceLocalOptions(Path directory) {
    this.directory = Objects.requireNonNull(directory, "directory");
  }

  /**
   * Adds a base model in a local folder.
   *
   * @param name letters, digits, dots, hyphens, underscores and slashes
   * @param checkpointFolder a checkpoint with its tokenizer, as loaded by transformers
   */
  public HuggingFaceLocalOptions base(String name, Path checkpointFolder) {
    bases.put(HuggingFaceBases.requireName(name), checkpointFolder.toAbsolutePath().normalize());
    return this;
  }

  /**
   * Sets a Python interpreter that has torch, transformers, trl and peft. If not set, one is built
   * on first use in {@code ~/.cache/finetune4j}.
   */
  public HuggingFaceLocalOptions interpreter(@Nullable Path python) {
    environment =
        python == null
            ? TrlEnvironment.builtIn(TrlEnvironment.userCache())
            : TrlEnvironment.of(python);
    return this;
  }

  /** Sets where the Python environment is built. */
  public HuggingFaceLocalOptions environmentCache(Path folder) {
    environment = TrlEnvironment.builtIn(folder);
    return this;
  }

  /** Sets how models are served; {@link ServerOptions#transformers()} if not set. */
  public HuggingFaceLocalOptions server(ServerOptions options) {
    server = Objects.requireNonNull(options, "options");
    return this;
  }

  /** Sets the clock; the system clock if not set. */
  public HuggingFaceLocalOptions time(Time clock) {
    time = clock;
    return this;
  }

  /** Returns the provider. No I/O. */
  public HuggingFaceProvider build() {
    HuggingFaceSettings settings =
        new HuggingFaceSettings(
            directory.toAbsolutePath().normalize(),
            environment,
            TrlAccelerator.ofThisMachine(),
            server,
            time);
    return new HuggingFaceProvider(new TrlProcesses(settings, new HuggingFaceBases(bases)));
  }
}
