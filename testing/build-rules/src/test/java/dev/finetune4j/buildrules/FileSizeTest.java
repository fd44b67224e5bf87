package dev.finetune4j.buildrules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looks at the sources of all modules of this repository. */
final class FileSizeTest {
  private static final int MAXIMUM_MAIN_LINES = 400;
  private static final int MAXIMUM_TEST_LINES = 500;

  @Test
  void noMainFileHasMoreThan400Lines() throws IOException {
    assertThat(longerThan(MAXIMUM_MAIN_LINES, sources("main"))).isEmpty();
  }

  @Test
  void noTestFileHasMoreThan500Lines() throws IOException {
    assertThat(longerThan(MAXIMUM_TEST_LINES, sources("test"))).isEmpty();
  }

  @Test
  void aFileOneLineOverTheLimitIsFound(@TempDir Path directory) throws IOException {
    Path within = Files.writeString(directory.resolve("Within.java"), "\n".repeat(400));
    Path over = Files.writeString(directory.resolve("Over.java"), "\n".repeat(401));

    List<String> found = longerThan(MAXIMUM_MAIN_LINES, List.of(within, over));

    assertThat(found).containsExactly(over + " has 401 lines");
  }

  private static List<Path> sources(String kind) throws IOException {
    Path repository = Path.of("").toAbsolutePath().resolve("../..").normalize();
    assumeTrue(
        Files.exists(repository.resolve("core/src/main/java")),
        "the sources of the other modules are not in this folder: " + repository);
    List<Path> sources = new ArrayList<>();
    for (Path parent :
        List.of(repository, repository.resolve("integrations"), repository.resolve("testing"))) {
      try (Stream<Path> modules = Files.list(parent)) {
        for (Path module : modules.toList()) {
          Path root = module.resolve("src").resolve(kind).resolve("java");
          if (Files.isDirectory(root)) {
            try (Stream<Path> files = Files.walk(root)) {
              files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
            }
          }
        }
      }
    }
    assertThat(sources).as("sources of kind " + kind).hasSizeGreaterThan(10);
    return sources;
  }

  private static List<String> longerThan(int maximum, List<Path> files) throws IOException {
    List<String> found = new ArrayList<>();
    for (Path file : files) {
      long lines;
      try (Stream<String> text = Files.lines(file)) {
        lines = text.count();
      }
      if (lines > maximum) {
        found.add(file + " has " + lines + " lines");
      }
    }
    return found;
  }
}
