package dev.finetune4j.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes a file as a whole: a reader sees the old content or the new, also after a crash.
 * Stateless.
 */
public final class AtomicFile {
  private static final AtomicLong COUNTER = new AtomicLong();

  private AtomicFile() {}

  /**
   * Writes {@code text} as UTF-8 beside the file, forces it to the disk, and moves it into place.
   *
   * @throws IOException if the disk is full or may not be written; the old file is then untouched
   */
  public static void write(Path file, String text) throws IOException {
    // Two threads, or two processes, may replace the same file at once: each has its own draft.
    long pid = ProcessHandle.current().pid();
    Path temporary =
        file.resolveSibling(
            "." + file.getFileName() + "." + pid + "-" + COUNTER.incrementAndGet() + ".tmp");
    try {
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
      try (FileChannel channel =
          FileChannel.open(
              temporary,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /**
   * Forces the entries of a directory, which a move changes, to the disk where the system can do
   * that.
   *
   * @throws IOException if the disk fails
   */
  public static void forceDirectory(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (AccessDeniedException notPossibleHere) {
      // Windows cannot open a directory; there the move itself is what can be had.
      return;
    }
  }
}
