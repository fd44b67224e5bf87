package dev.finetune4j.exchange.promptfoo;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * promptfoo from npm, the last version that Node 20 runs, installed once in the cache folder that
 * the benchmarks use too; that takes minutes and 2 GB. It reports nothing to anybody and writes
 * only below {@code folder}.
 */
final class InstalledPromptfoo {
  private static final String VERSION = "0.121.20";
  private static final Path HOME =
      Path.of(System.getProperty("user.home"), ".cache", "finetune4j-promptfoo-" + VERSION);
  private static final Path PROGRAM = HOME.resolve("node_modules/.bin/promptfoo");
  private static final long MINUTES = 15;
  private final Path folder;

  InstalledPromptfoo(Path folder) throws Exception {
    this.folder = folder;
    Files.createDirectories(HOME);
    Path lock = HOME.resolveSibling(HOME.getFileName() + ".lock");
    try (FileChannel channel =
            FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var held = channel.lock()) {
      if (held.isValid() && !Files.exists(PROGRAM)) {
        Files.copy(
            Path.of("src/test/promptfoo/package.json"),
            HOME.resolve("package.json"),
            StandardCopyOption.REPLACE_EXISTING);
        run(
            HOME,
            List.of("npm", "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts"));
      }
    }
  }

  /** Runs a command and returns what it printed; exit code 100 says that tests failed. */
  String run(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(PROGRAM.toString());
    command.addAll(Arrays.asList(arguments));
    return run(folder, command);
  }

  private String run(Path where, List<String> command) throws Exception {
    Path log = Files.createTempFile(folder, "promptfoo", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(where.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("PROMPTFOO_DISABLE_TELEMETRY", "1");
    builder.environment().put("PROMPTFOO_DISABLE_UPDATE", "1");
    builder.environment().put("PROMPTFOO_CONFIG_DIR", folder.resolve("home").toString());
    Process process = builder.start();
    boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
    if (!ended) {
      process.destroyForcibly();
    }
    String output = Files.readString(log);
    if (!ended || (process.exitValue() != 0 && process.exitValue() != 100)) {
      throw new IOException(String.join(" ", command) + " failed:\n" + output);
    }
    return output;
  }
}
