package dev.finetune4j.huggingface.internal.trl;

import dev.finetune4j.providerkit.process.FolderLock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Python environment for training and serving: one that the caller provides, or one that is
 * built once from pinned packages in the user's cache folder, with {@code uv} if installed, or else
 * with {@code venv} and {@code pip}. Thread-safe, also between applications.
 */
public final class TrlEnvironment {
  private static final Logger LOG = LoggerFactory.getLogger(TrlEnvironment.class);
  private static final String READY = "ready";

  private final @Nullable Path given;
  private final Path cache;
  private final String name;
  private final String requirements;

  private TrlEnvironment(@Nullable Path given, Path cache, String name, String requirements) {
    this.given = given;
    this.cache = cache;
    this.name = name;
    this.requirements = requirements;
  }

  /** Returns the environment of an existing interpreter that has the packages. */
  public static TrlEnvironment of(Path interpreter) {
    return new TrlEnvironment(
        interpreter.toAbsolutePath(), interpreter.toAbsolutePath(), "given", "");
  }

  /** Returns an environment that is built below {@code cache} on first use. */
  public static TrlEnvironment builtIn(Path cache) {
    return builtIn(cache, "trl", TrlScripts.requirements());
  }

  /**
   * Returns an environment with other packages.
   *
   * @param name the prefix of its folder name
   * @param requirements the packages, one per line
   */
  public static TrlEnvironment builtIn(Path cache, String name, String requirements) {
    return new TrlEnvironment(null, cache.toAbsolutePath(), name, requirements);
  }

  /** Returns the default folder of environments: {@code ~/.cache/finetune4j}. */
  public static Path userCache() {
    return Path.of(System.getProperty("user.home"), ".cache", "finetune4j");
  }

  /**
   * Returns the interpreter. The first call on a machine builds the environment, which blocks for
   * minutes and downloads some gigabytes.
   *
   * @throws dev.finetune4j.error.InvalidRequestException if it cannot be built; names the log
   */
  public Path interpreter() {
    if (given != null) {
      return given;
    }
    Path folder = cache.resolve(name + "-" + fingerprint());
    Path interpreter = interpreter(folder, System.getProperty("os.name", ""));
    if (Files.exists(folder.resolve(READY))) {
      return interpreter;
    }
    try {
      Files.createDirectories(cache);
      return FolderLock.holding(
          cache.resolve(folder.getFileName() + ".lock"), () -> build(folder, interpreter));
    } catch (IOException e) {
      throw TrlErrors.unreadable("The Python environment in " + folder, e);
    }
  }

  /** Returns the interpreter in the folder of an environment, where {@code venv} puts it. */
  static Path interpreter(Path environment, String osName) {
    return isWindows(osName)
        ? environment.resolve("Scripts").resolve("python.exe")
        : environment.resolve("bin").resolve("python");
  }

  /** Returns the command that Python is installed as: Windows has no {@code python3}. */
  static String systemPython(String osName) {
    return isWindows(osName) ? "python" : "python3";
  }

  private static boolean isWindows(String osName) {
    return osName.startsWith("Windows");
  }

  private Path build(Path folder, Path interpreter) throws IOException {
    if (Files.exists(folder.resolve(READY))) {
      return interpreter;
    }
    LOG.info("Building the Python environment {}; this takes some minutes, once.", folder);
    Files.createDirectories(folder);
    Path packages = folder.resolve("requirements.txt");
    Files.writeString(packages, requirements);
    Path log = folder.resolve("build.log");
    String python = interpreter.toString();
    if (runs(List.of("uv", "--version"))) {
      run(List.of("uv", "venv", "--allow-existing", folder.toString()), log);
      run(List.of("uv", "pip", "install", "--python", python, "-r", packages.toString()), log);
    } else {
      String system = systemPython(System.getProperty("os.name", ""));
      run(List.of(system, "-m", "venv", folder.toString()), log);
      run(List.of(python, "-m", "pip", "install", "-r", packages.toString()), log);
    }
    Files.createFile(folder.resolve(READY));
    return interpreter;
  }

  private static boolean runs(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException notThere) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static void run(List<String> command, Path log) throws IOException {
    Process process =
        new ProcessBuilder(new ArrayList<>(command))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    try {
      if (process.waitFor() != 0) {
        throw new IOException(
            String.join(" ", command) + " exited with " + process.exitValue() + "; see " + log);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while building the environment", e);
    }
  }

  private String fingerprint() {
    try {
      byte[] text = requirements.getBytes(StandardCharsets.UTF_8);
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text);
      return HexFormat.of().formatHex(digest).substring(0, 12);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }
}
