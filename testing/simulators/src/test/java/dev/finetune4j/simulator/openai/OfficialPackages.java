package dev.finetune4j.simulator.openai;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * OpenAI's own packages for Python and Node, each installed once in the user's cache folder in the
 * version that src/test/sdk names; that needs the network and some seconds.
 */
public final class OfficialPackages {
  private static final Path SCRIPTS = Path.of("src/test/sdk").toAbsolutePath();
  private static final long MINUTES = 10;

  private OfficialPackages() {}

  /** Runs the Python script and returns what it printed. */
  static String python(Map<String, String> environment) throws Exception {
    return python("drive_openai.py", environment);
  }

  /** Runs a Python script of src/test/sdk and returns what it printed. */
  public static String python(String name, Map<String, String> environment) throws Exception {
    Path requirements = SCRIPTS.resolve("requirements.txt");
    Path folder = folder("python-sdk-", requirements);
    Path interpreter = folder.resolve("bin/python");
    if (!Files.exists(folder.resolve("ready"))) {
      run(SCRIPTS, Map.of(), "python3", "-m", "venv", folder.toString());
      run(
          SCRIPTS,
          Map.of(),
          interpreter.toString(),
          "-m",
          "pip",
          "install",
          "--quiet",
          "-r",
          requirements.toString());
      Files.createFile(folder.resolve("ready"));
    }
    Path script = SCRIPTS.resolve(name);
    return run(folder, environment, interpreter.toString(), script.toString());
  }

  /** Runs the Node script and returns what it printed. */
  static String node(Map<String, String> environment) throws Exception {
    return node("drive_openai.mjs", environment);
  }

  /** Runs a Node script of src/test/sdk with the package.json beside it. */
  public static String node(String name, Map<String, String> environment) throws Exception {
    Path manifest = SCRIPTS.resolve(name).resolveSibling("package.json");
    Path folder = folder("node-", manifest);
    if (!Files.exists(folder.resolve("ready"))) {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("package.json"), Files.readString(manifest));
      run(folder, Map.of(), "npm", "install", "--silent", "--no-audit", "--no-fund");
      Files.createFile(folder.resolve("ready"));
    }
    return run(folder, environment, "node", SCRIPTS.resolve(name).toString());
  }

  private static Path folder(String prefix, Path versions) throws Exception {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(versions));
    String name = prefix + HexFormat.of().formatHex(digest).substring(0, 12);
    return Path.of(System.getProperty("user.home"), ".cache", "finetune4j", name);
  }

  private static String run(Path folder, Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    Path log = Files.createTempFile("official-package", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(List.of(command))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
    if (!ended) {
      process.destroyForcibly();
    }
    String output = Files.readString(log);
    Files.delete(log);
    if (!ended || process.exitValue() != 0) {
      throw new IOException(String.join(" ", command) + " failed:\n" + output);
    }
    return output;
  }
}
