package dev.finetune4j.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server on loopback with its data in a temporary folder, started once in a test run
 * and stopped at its end. PostgreSQL refuses to run as root, so root starts it as the user
 * postgres.
 */
final class PostgresServer {
  private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
  private static final int ATTEMPTS = 3;
  private static @Nullable PostgresServer running;

  private final Path binaries;
  private final Path directory;
  private final int port;
  private final Process process;

  private PostgresServer(Path binaries, Path directory, int port, Process process) {
    this.binaries = binaries;
    this.directory = directory;
    this.port = port;
    this.process = process;
  }

  /** Returns the server of this test run; skips the test where PostgreSQL is not installed. */
  static synchronized PostgresServer start() {
    Optional<Path> binaries = findBinaries();
    assumeTrue(
        binaries.isPresent(),
        "PostgreSQL is not installed: no initdb in "
            + DEBIAN
            + "/*/bin or on the PATH. Install it"
            + " with: apt-get install postgresql");
    if (running == null) {
      try {
        running = start(binaries.get());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      Runtime.getRuntime().addShutdownHook(new Thread(running::stop));
    }
    return running;
  }

  /** Returns the address of a new, empty database. */
  String createDatabase(String name) throws IOException {
    run(
        directory,
        binaries,
        "createdb",
        "-h",
        "127.0.0.1",
        "-p",
        port + "",
        "-U",
        "postgres",
        name);
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + name + "?user=postgres";
  }

  private static Optional<Path> findBinaries() {
    List<Path> folders = new ArrayList<>();
    if (Files.isDirectory(DEBIAN)) {
      try (Stream<Path> versions = Files.list(DEBIAN)) {
        versions
            .sorted(Comparator.comparingInt(PostgresServer::version).reversed())
            .forEach(version -> folders.add(version.resolve("bin")));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
        .map(Path::of)
        .forEach(folders::add);
    return folders.stream()
        .filter(folder -> Files.isExecutable(folder.resolve("initdb")))
        .findFirst();
  }

  private static int version(Path folder) {
    String name = folder.getFileName().toString();
    return name.matches("\\d{1,4}") ? Integer.parseInt(name) : 0;
  }

  private static PostgresServer start(Path binaries) throws IOException {
    Path directory = Files.createTempDirectory("finetune4j-postgres");
    if (isRoot()) {
      Files.setOwner(
          directory,
          directory
              .getFileSystem()
              .getUserPrincipalLookupService()
              .lookupPrincipalByName("postgres"));
    }
    run(
        directory,
        binaries,
        "initdb",
        "-D",
        data(directory).toString(),
        "-U",
        "postgres",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
        "--no-sync");
    List<String> log = new ArrayList<>();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int port = freePort();
      // fsync is on by default, so committed data is on disk.
      Process process =
          command(
                  directory,
                  binaries,
                  "postgres",
                  "-D",
                  data(directory).toString(),
                  "-h",
                  "127.0.0.1",
                  "-p",
                  port + "",
                  "-k",
                  directory.toString())
              .start();
      if (isReady(process, log)) {
        return new PostgresServer(binaries, directory, port, process);
      }
    }
    throw new IOException("PostgreSQL did not start: " + log);
  }

  /** Reads the log until the server accepts connections, then continues in another thread. */
  private static boolean isReady(Process process, List<String> log) throws IOException {
    BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      log.add(line);
      if (line.contains("ready to accept connections")) {
        Thread drain = new Thread(() -> reader.lines().forEach(rest -> {}), "postgres-log");
        drain.setDaemon(true);
        drain.start();
        return true;
      }
    }
    return false;
  }

  private void stop() {
    try {
      run(
          directory,
          binaries,
          "pg_ctl",
          "-D",
          data(directory).toString(),
          "-m",
          "immediate",
          "stop");
      process.waitFor(10, TimeUnit.SECONDS);
      deleteTree(directory);
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Path data(Path directory) {
    return directory.resolve("data");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void run(Path directory, Path binaries, String... words) throws IOException {
    Process process = command(directory, binaries, words).start();
    String output;
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      output = String.join("\n", reader.lines().toList());
    }
    try {
      assertThat(process.waitFor()).as("%s: %s", words[0], output).isZero();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static ProcessBuilder command(Path directory, Path binaries, String... words) {
    List<String> line = new ArrayList<>();
    if (isRoot()) {
      // setpriv replaces itself by the program, so the started process is the server.
      Collections.addAll(
          line, "setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--");
    }
    line.add(binaries.resolve(words[0]).toString());
    line.addAll(Arrays.asList(words).subList(1, words.length));
    ProcessBuilder builder = new ProcessBuilder(line).directory(directory.toFile());
    builder.environment().put("LC_ALL", "C.UTF-8");
    return builder.redirectErrorStream(true);
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private static void deleteTree(Path directory) throws IOException {
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
              throws IOException {
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
