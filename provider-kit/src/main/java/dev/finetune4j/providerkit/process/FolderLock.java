package dev.finetune4j.providerkit.process;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

/** A lock for a folder: one thread of one process on this machine at a time. */
public final class FolderLock {
  // The system's lock belongs to the whole process, so the threads of it need one of their own.
  private static final ReentrantLock[] THREADS = new ReentrantLock[64];

  static {
    for (int i = 0; i < THREADS.length; i++) {
      THREADS[i] = new ReentrantLock();
    }
  }

  private FolderLock() {}

  /**
   * What is done while the lock is held.
   *
   * @param <T> what comes out of it
   */
  @FunctionalInterface
  public interface Action<T> {
    /**
     * Does it.
     *
     * @throws IOException if the disk does not play along
     */
    T run() throws IOException;
  }

  /**
   * Waits for the lock on {@code file}, which is made if it is not there, runs {@code action}, and
   * lets go. Must not be called again from inside the action. Thread-safe.
   *
   * @throws IOException what the action throws, or that the file cannot be locked
   */
  public static <T> T holding(Path file, Action<T> action) throws IOException {
    Path absolute = file.toAbsolutePath().normalize();
    ReentrantLock threads =
        Objects.requireNonNull(THREADS[Math.floorMod(absolute.hashCode(), THREADS.length)]);
    threads.lock();
    try (FileChannel channel =
            FileChannel.open(absolute, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      Objects.requireNonNull(lock);
      return action.run();
    } finally {
      threads.unlock();
    }
  }
}
