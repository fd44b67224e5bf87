package dev.finetune4j.internal.file;

import dev.finetune4j.storage.AtomicFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An exclusive claim on a lock file, against threads and processes, with a note that says who holds
 * it. The claim goes with the process that held it. Thread-safe.
 */
public final class FileClaim implements AutoCloseable {
  private static final long GATE = 0;
  private static final long CLAIM = 1;

  /**
   * The claims of this process by lock file. On POSIX systems, closing any channel on a file gives
   * up all locks that the process has on it, so a file that is claimed here is never opened again.
   */
  private static final Map<Path, FileClaim> HELD = new HashMap<>();

  private final Path lockFile;
  private final String note;
  private final FileChannel channel;
  private boolean closed;

  private FileClaim(Path lockFile, String note, FileChannel channel) {
    this.lockFile = lockFile;
    this.note = note;
    this.channel = channel;
  }

  /**
   * Claims the lock file, which is made if it is not there; its folder must exist.
   *
   * @param note says who holds the claim; kept beside the lock file
   * @return the claim, empty if another process holds it
   */
  public static Optional<FileClaim> take(Path lockFile, String note) throws IOException {
    synchronized (HELD) {
      Path key = realPath(lockFile);
      if (HELD.containsKey(key)) {
        return Optional.empty();
      }
      FileChannel channel =
          FileChannel.open(key, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      boolean taken = false;
      boolean mayClose = true;
      try (FileLock gate = channel.lock(GATE, 1, false)) {
        taken = gate.isValid() && channel.tryLock(CLAIM, 1, false) != null;
        if (taken) {
          AtomicFile.write(noteFile(key), note);
          FileClaim claim = new FileClaim(key, note, channel);
          HELD.put(key, claim);
          return Optional.of(claim);
        }
        return Optional.empty();
      } catch (OverlappingFileLockException heldByAnotherClassLoader) {
        // Closing the channel would give up the lock of the other one.
        mayClose = false;
        return Optional.empty();
      } finally {
        if (mayClose && !HELD.containsKey(key)) {
          channel.close();
        }
      }
    }
  }

  /**
   * Returns the note of who holds the claim on the lock file, empty if it is free. Takes nothing
   * that a claimer could miss.
   */
  public static Optional<String> holder(Path lockFile) throws IOException {
    synchronized (HELD) {
      if (!Files.exists(lockFile)) {
        return Optional.empty();
      }
      Path key = realPath(lockFile);
      FileClaim own = HELD.get(key);
      if (own != null) {
        return Optional.of(own.note);
      }
      // Who claims the file holds the gate meanwhile, and so do we: neither disturbs the other.
      FileChannel channel = FileChannel.open(key, StandardOpenOption.WRITE);
      boolean mayClose = true;
      try (FileLock gate = channel.lock(GATE, 1, false)) {
        boolean isFree = gate.isValid() && channel.tryLock(CLAIM, 1, false) != null;
        return isFree ? Optional.empty() : Optional.of(readNote(key));
      } catch (OverlappingFileLockException heldByAnotherClassLoader) {
        mayClose = false;
        return Optional.of(readNote(key));
      } finally {
        if (mayClose) {
          channel.close();
        }
      }
    }
  }

  /** Returns whether the claim was not closed yet. */
  public boolean isHeld() {
    synchronized (HELD) {
      return !closed;
    }
  }

  @Override
  public void close() throws IOException {
    synchronized (HELD) {
      if (!closed) {
        closed = true;
        HELD.remove(lockFile);
        try {
          Files.deleteIfExists(noteFile(lockFile));
        } finally {
          channel.close();
        }
      }
    }
  }

  private static Path realPath(Path lockFile) throws IOException {
    Path absolute = lockFile.toAbsolutePath();
    Path folder = absolute.getParent();
    return folder == null ? absolute : folder.toRealPath().resolve(absolute.getFileName());
  }

  private static Path noteFile(Path lockFile) {
    return lockFile.resolveSibling(lockFile.getFileName() + ".owner");
  }

  private static String readNote(Path lockFile) throws IOException {
    try {
      return Files.readString(noteFile(lockFile));
    } catch (NoSuchFileException deletedByHand) {
      return "";
    }
  }
}
