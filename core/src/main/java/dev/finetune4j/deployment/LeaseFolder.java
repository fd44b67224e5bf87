package dev.finetune4j.deployment;

import dev.finetune4j.storage.AtomicFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Keeps each lease in a file of its own. Thread-safe, also across processes. */
final class LeaseFolder implements LeaseStore {
  private static final String SUFFIX = ".json";
  private static final String LOCK = "lock";

  // A file lock belongs to the whole process, so threads of one process need a lock of their own.
  private static final Map<Path, ReentrantLock> THREAD_LOCKS = new ConcurrentHashMap<>();

  private final Path directory;
  private final ReentrantLock threadLock;

  /**
   * Makes the store. No I/O.
   *
   * @param directory the real path of a folder that is there
   */
  LeaseFolder(Path directory) {
    this.directory = directory;
    threadLock = THREAD_LOCKS.computeIfAbsent(directory, path -> new ReentrantLock());
  }

  @Override
  public Optional<String> load(String id) {
    return read(fileOf(id));
  }

  @Override
  public List<Entry> loadAll() {
    List<Entry> entries = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (name.endsWith(SUFFIX)) {
          String id = name.substring(0, name.length() - SUFFIX.length());
          read(file).ifPresent(text -> entries.add(new Entry(id, text)));
        }
      }
      return entries;
    } catch (IOException e) {
      throw new LeaseRegistryException(
          "Cannot list the leases in " + directory + ". Check its permissions.", e);
    }
  }

  @Override
  public boolean replace(String id, @Nullable String expected, @Nullable String replacement) {
    threadLock.lock();
    try (FileChannel channel =
            FileChannel.open(
                directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      if (!lock.isValid()) {
        throw new LeaseRegistryException(
            "The lock of " + directory + " was lost. Try again.", null);
      }
      if (!load(id).equals(Optional.ofNullable(expected))) {
        return false;
      }
      write(fileOf(id), replacement);
      return true;
    } catch (IOException e) {
      throw new LeaseRegistryException(
          "Cannot lock the folder of leases " + directory + ". Check its permissions.", e);
    } finally {
      threadLock.unlock();
    }
  }

  @Override
  public String place(String id) {
    return fileOf(id).toString();
  }

  private void write(Path file, @Nullable String text) {
    try {
      if (text == null) {
        Files.deleteIfExists(file);
      } else {
        AtomicFile.write(file, text);
      }
      AtomicFile.forceDirectory(directory);
    } catch (IOException e) {
      throw new LeaseRegistryException(
          "Cannot write " + file + ". Make room on the disk or correct the permissions.", e);
    }
  }

  private Path fileOf(String id) {
    return directory.resolve(id + SUFFIX);
  }

  private static Optional<String> read(Path file) {
    try {
      return Optional.of(Files.readString(file));
    } catch (NoSuchFileException notThere) {
      return Optional.empty();
    } catch (IOException e) {
      throw new LeaseRegistryException("Cannot read " + file + ". Check its permissions.", e);
    }
  }
}
