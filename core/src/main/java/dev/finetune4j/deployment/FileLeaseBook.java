package dev.finetune4j.deployment;

import dev.finetune4j.Time;
import dev.finetune4j.internal.json.AtomicFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A book in a folder, one file for each lease. A file is forced to disk and put in place in one
 * step, so the book survives the death of the process or the machine at any moment; a lock file
 * keeps processes apart that share the folder. Thread-safe, also across objects on the same folder.
 */
public final class FileLeaseBook extends StoredLeaseBook {
  private static final String SUFFIX = ".json";
  private static final String LOCK = "lock";

  // A file lock belongs to the whole process, so threads of one process need a lock of their own.
  private static final Map<Path, ReentrantLock> THREAD_LOCKS = new ConcurrentHashMap<>();

  private final Path directory;
  private final ReentrantLock threadLock;

  private FileLeaseBook(Path directory, Time time) {
    super(time);
    this.directory = directory;
    this.threadLock = THREAD_LOCKS.computeIfAbsent(directory, path -> new ReentrantLock());
  }

  /**
   * Opens the book in {@code directory}, which is made if it is not there. Nothing stays open.
   *
   * @throws LeaseBookException if the folder cannot be made
   */
  public static FileLeaseBook open(Path directory, Time time) {
    try {
      Files.createDirectories(directory);
      return new FileLeaseBook(directory.toRealPath(), time);
    } catch (IOException e) {
      throw new LeaseBookException(
          "Cannot make the folder of leases " + directory + ". Choose one that can be written.", e);
    }
  }

  @Override
  <T> T alone(Supplier<T> action) {
    // A channel refuses to work for an interrupted thread, and a run that is being stopped must
    // still be able to give its lease back.
    boolean interrupted = Thread.interrupted();
    threadLock.lock();
    try (FileChannel channel =
            FileChannel.open(
                directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      if (!lock.isValid()) {
        throw new LeaseBookException("The lock of " + directory + " was lost. Try again.", null);
      }
      return action.get();
    } catch (IOException e) {
      throw new LeaseBookException(
          "Cannot lock the folder of leases " + directory + ". Look at its permissions.", e);
    } finally {
      threadLock.unlock();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  Optional<Lease> load(String id) {
    Path file = fileOf(id);
    return Files.exists(file) ? Optional.of(read(file)) : Optional.empty();
  }

  @Override
  List<Lease> loadAll() {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(SUFFIX))
          .map(FileLeaseBook::read)
          .toList();
    } catch (IOException e) {
      throw new LeaseBookException(
          "Cannot list the leases in " + directory + ". Look at its permissions.", e);
    }
  }

  @Override
  void store(Lease lease) {
    Path file = fileOf(lease.id());
    try {
      AtomicFile.write(file, LeaseJson.write(lease));
      AtomicFile.forceDirectory(directory);
    } catch (IOException e) {
      throw new LeaseBookException(
          "Cannot write " + file + ". Nothing was deployed on it; make room or mend permissions.",
          e);
    }
  }

  @Override
  void erase(String id) {
    try {
      Files.deleteIfExists(fileOf(id));
      AtomicFile.forceDirectory(directory);
    } catch (IOException e) {
      throw new LeaseBookException("Cannot delete " + fileOf(id) + ". Delete it by hand.", e);
    }
  }

  private Path fileOf(String id) {
    return directory.resolve(id + SUFFIX);
  }

  private static Lease read(Path file) {
    try {
      return LeaseJson.read(Files.readString(file));
    } catch (IOException | RuntimeException e) {
      throw new LeaseBookException(
          "Cannot read "
              + file
              + ". Look for its deployment at the provider (Deployments.orphans), then delete the"
              + " file.",
          e);
    }
  }
}
