package dev.finetune4j.providerkit.process;

import dev.finetune4j.storage.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Creates a job folder atomically: it is filled under a temporary name and then renamed. Of two
 * creators with the same name one wins.
 */
final class JobCreation {
  private static final String UNFINISHED = ".new-";
  private static final AtomicLong COUNTER = new AtomicLong();

  private JobCreation() {}

  /** Returns the folder of that id, made now from {@code contents} unless it was there. */
  static JobFolder create(Path jobs, String id, JobContents contents) {
    JobFolder folder = new JobFolder(jobs.resolve(id));
    if (folder.exists()) {
      return folder;
    }
    try {
      Files.createDirectories(jobs);
      deleteLeftovers(jobs);
      Path unfinished =
          Files.createDirectory(
              jobs.resolve(
                  UNFINISHED
                      + ProcessHandle.current().pid()
                      + "-"
                      + COUNTER.incrementAndGet()
                      + "-"
                      + id));
      try {
        contents.writeTo(unfinished);
        AtomicFile.forceDirectory(unfinished);
        rename(unfinished, folder);
      } finally {
        deleteTree(unfinished);
      }
      AtomicFile.forceDirectory(jobs);
      return folder;
    } catch (IOException e) {
      throw JobFolderException.because("Making the job folder " + folder.directory(), e);
    }
  }

  private static void rename(Path unfinished, JobFolder folder) throws IOException {
    try {
      Files.move(unfinished, folder.directory(), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      // A folder that is not empty is never replaced: another creator was first, and its folder
      // counts.
      if (!folder.exists()) {
        throw e;
      }
    }
  }

  /** Deletes what creations left behind whose process has died. */
  private static void deleteLeftovers(Path jobs) throws IOException {
    try (Stream<Path> entries = Files.list(jobs)) {
      for (Path entry : entries.toList()) {
        String[] parts = String.valueOf(entry.getFileName()).split("-", 4);
        if ((parts[0] + "-").equals(UNFINISHED)
            && parts.length == 4
            && ProcessHandle.of(Long.parseLong(parts[1])).isEmpty()) {
          deleteTree(entry);
        }
      }
    }
  }

  private static void deleteTree(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> paths = Files.walk(root)) {
      deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.deleteIfExists(path);
    }
  }
}
