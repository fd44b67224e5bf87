package dev.finetune4j.huggingface;

import dev.finetune4j.huggingface.internal.trl.TrlEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A Python with the packages that this module pins: from the property {@code finetune4j.trl.python}
 * names, else the environment that the provider builds once.
 */
final class TrlPython {
  private static final Path SCRIPTS = Path.of("src/test/python");
  private static final Path CONVERTER =
      Path.of("../providers-local/src/test/python/smollm2_checkpoint.py");

  private final Path interpreter;

  private TrlPython(Path interpreter) {
    this.interpreter = interpreter;
  }

  static TrlPython find() {
    String given = System.getProperty("finetune4j.trl.python", "");
    return new TrlPython(
        given.isEmpty()
            ? TrlEnvironment.builtIn(TrlEnvironment.userCache()).interpreter()
            : Path.of(given));
  }

  Path interpreter() {
    return interpreter;
  }

  /** Returns the folder of SmolLM2-135M-Instruct, made once in the user's cache folder. */
  Path smolLm() throws IOException, InterruptedException {
    Path folder = TrlEnvironment.userCache().resolve("smollm2-135m");
    if (!Files.exists(folder.resolve("ready"))) {
      Files.createDirectories(folder);
      run(CONVERTER, "convert", folder.toString());
    }
    return folder;
  }

  /** Runs one of the scripts with these arguments. */
  void script(String name, String... arguments) throws IOException, InterruptedException {
    run(SCRIPTS.resolve(name), arguments);
  }

  private void run(Path script, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(interpreter.toString(), script.toString()));
    command.addAll(List.of(arguments));
    Path log = Files.createTempFile("trl-python", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    TrlProcesses.prepare(builder.environment());
    int code = builder.start().waitFor();
    if (code != 0) {
      throw new IOException(
          String.join(" ", command) + " ended with " + code + ":\n" + Files.readString(log));
    }
    Files.delete(log);
  }
}
