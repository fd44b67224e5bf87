package dev.finetune4j.local.internal.trainer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A Python with the packages of requirements.txt: from the property {@code finetune4j.python}
 * names, else one made once in the user's cache folder, which needs the network and some minutes.
 */
final class ReferencePython {
  private static final Path SCRIPTS = Path.of("src/test/python");
  private static final Path CACHE =
      Path.of(System.getProperty("user.home"), ".cache", "finetune4j");

  private final String interpreter;

  private ReferencePython(String interpreter) {
    this.interpreter = interpreter;
  }

  static ReferencePython find() throws Exception {
    String given = System.getProperty("finetune4j.python", "");
    return new ReferencePython(given.isEmpty() ? made() : given);
  }

  /** Runs golden.py with these arguments. */
  void golden(String... arguments) throws IOException, InterruptedException {
    script("golden.py", arguments);
  }

  /** Returns the folder of SmolLM2-135M-Instruct, made once in the user's cache folder. */
  Path smolLm() throws IOException, InterruptedException {
    Path folder = CACHE.resolve("smollm2-135m");
    Files.createDirectories(folder);
    script("smollm2_checkpoint.py", "convert", folder.toString());
    return folder;
  }

  /** Runs one of the scripts with these arguments. */
  void script(String name, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(interpreter, SCRIPTS.resolve(name).toString()));
    command.addAll(List.of(arguments));
    run(command);
  }

  private static String made() throws Exception {
    Path requirements = SCRIPTS.resolve("requirements.txt");
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(requirements));
    String name = "python-" + HexFormat.of().formatHex(digest).substring(0, 12);
    Path environment = CACHE.resolve(name);
    String python = environment.resolve("bin/python").toString();
    Path ready = environment.resolve("ready");
    if (!Files.exists(ready)) {
      run(List.of("python3", "-m", "venv", environment.toString()));
      run(List.of(python, "-m", "pip", "install", "--quiet", "-r", requirements.toString()));
      Files.createFile(ready);
    }
    return python;
  }

  private static void run(List<String> command) throws IOException, InterruptedException {
    Path log = Files.createTempFile("reference-python", ".log");
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
