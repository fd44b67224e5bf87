package dev.finetune4j.huggingface;

import dev.finetune4j.Experimental;
import dev.finetune4j.Time;
import dev.finetune4j.huggingface.internal.autotrain.AutoTrainScripts;
import dev.finetune4j.huggingface.internal.trl.TrlEnvironment;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Settings of {@link AutoTrainProvider#local}. Not thread-safe.
 *
 * <p>AutoTrain and the server have separate Python environments, because AutoTrain's packages are
 * from January 2025 and no current server works with them.
 */
@Experimental
public final class AutoTrainLocalOptions {
  private final Path directory;
  private final Map<String, Path> bases = new TreeMap<>();
  private TrlEnvironment training = built(TrlEnvironment.userCache());
  private TrlEnvironment serving = TrlEnvironment.builtIn(TrlEnvironment.userCache());
  private ServerOptions server = ServerOptions.transformers();
  private Time time = Time.system();

  AutoTrainLocalOptions(Path directory) {
    this.directory = Objects.requireNonNull(directory, "directory");
  }

  private static TrlEnvironment built(Path cache) {
    return TrlEnvironment.builtIn(cache, "autotrain", AutoTrainScripts.requirements());
  }

  /**
   * Adds a base model in a local folder.
   *
   * @param name letters, digits, dots, hyphens, underscores and slashes
   * @param checkpointFolder a checkpoint with its tokenizer, as loaded by transformers 4.48
   */
  public AutoTrainLocalOptions base(String name, Path checkpointFolder) {
    bases.put(HuggingFaceBases.requireName(name), checkpointFolder.toAbsolutePath().normalize());
    return this;
  }

  /**
   * Sets a Python interpreter that has autotrain-advanced. If not set, one is built on first use in
   * {@code ~/.cache/finetune4j}, which requires Python 3.10 to 3.12 and 6 GB of disk.
   */
  public AutoTrainLocalOptions interpreter(Path python) {
    training = TrlEnvironment.of(python);
    return this;
  }

  /** Sets the Python interpreter for serving; that of TRL jobs if not set. */
  public AutoTrainLocalOptions servingInterpreter(Path python) {
    serving = TrlEnvironment.of(python);
    return this;
  }

  /** Sets where the Python environments are built. */
  public AutoTrainLocalOptions environmentCache(Path folder) {
    training = built(folder);
    serving = TrlEnvironment.builtIn(folder);
    return this;
  }

  /** Sets how models are served; {@link ServerOptions#transformers()} if not set. */
  public AutoTrainLocalOptions server(ServerOptions options) {
    server = Objects.requireNonNull(options, "options");
    return this;
  }

  /** Sets the clock; the system clock if not set. */
  public AutoTrainLocalOptions time(Time clock) {
    time = clock;
    return this;
  }

  /** Returns the provider. No I/O. */
  public AutoTrainProvider build() {
    HuggingFaceSettings settings =
        new HuggingFaceSettings(
            // A folder of its own, so that TRL and AutoTrain can share one directory.
            directory.toAbsolutePath().normalize().resolve("autotrain"),
            serving,
            TrlAccelerator.ofThisMachine(),
            server,
            time);
    AutoTrainProcesses runner =
        new AutoTrainProcesses(settings, new HuggingFaceBases(bases), training);
    return new AutoTrainProvider(runner, runner::submit);
  }
}
