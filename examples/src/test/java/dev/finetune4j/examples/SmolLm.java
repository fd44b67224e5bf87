package dev.finetune4j.examples;

import dev.finetune4j.huggingface.internal.trl.TrlEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * SmolLM2-135M-Instruct as a folder, and a Python with TRL: from the property {@code
 * finetune4j.trl.python} names, else the environment that the provider builds once.
 */
record SmolLm(Path folder, Path interpreter) {
  private static final Path CONVERTER =
      Path.of("../providers-local/src/test/python/smollm2_checkpoint.py");

  /** Returns both, made once in the user's cache folder, which takes minutes. */
  static SmolLm find() throws IOException, InterruptedException {
    String given = System.getProperty("finetune4j.trl.python", "");
    Path interpreter =
        given.isEmpty()
            ? TrlEnvironment.builtIn(TrlEnvironment.userCache()).interpreter()
            : Path.of(given);
    Path folder = TrlEnvironment.userCache().resolve("smollm2-135m");
    SmolLm found = new SmolLm(folder, interpreter);
    if (!Files.exists(folder.resolve("ready"))) {
      Files.createDirectories(folder);
      found.run(CONVERTER, "convert", folder.toString());
    }
    return found;
  }

  /** Runs a script of Python, which must end well. */
  void run(Path script, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(interpreter.toString(), script.toString()));
    command.addAll(List.of(arguments));
    Path log = Files.createTempFile("python", ".log");
    int code =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start()
            .waitFor();
    if (code != 0) {
      throw new IOException(
          String.join(" ", command) + " ended with " + code + ":\n" + Files.readString(log));
    }
    Files.delete(log);
  }
}
