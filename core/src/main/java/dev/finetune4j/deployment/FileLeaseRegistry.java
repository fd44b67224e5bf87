package dev.finetune4j.deployment;

import dev.finetune4j.Time;
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

/**
 * A registry in a folder, with one file per lease. Each file is forced to disk and replaced
 * atomically, so the registry survives a crash of the process or machine at any moment. A lock file
 * protects it from other processes that share the folder. Thread-safe, also across objects on the
 * same folder.
 */
public final class FileLeaseRegistry extends StoredLeaseRegistry {

  private FileLeaseRegistry(Path directory, Time time) {
    super(new Folder(directory), time);
  }

  /**
   * Opens the registry in {@code directory}, which is created if it does not exist. Needs no
   * closing.
   *
   * @throws LeaseRegistryException if the folder cannot be created
   */
  public static FileLeaseRegistry open(Path directory, Time time) {
    try {
      Files.createDirectories(directory);
      return new FileLeaseRegistry(directory.toRealPath(), time);
    } catch (IOException e) {
      throw new LeaseRegistryException(
          "Cannot create the lease folder " + directory + ". Choose a writable one.", e);
    }
  }

  /** Thread-safe, also across processes. */
  private static final class Folder implements LeaseStore {
    private static final String SUFFIX = ".json";
    private static final String LOCK = "lock";

    // A file lock belongs to the whole process, so its threads need a lock of their own.
    private static final Map<Path, ReentrantLock> THREAD_LOCKS = new ConcurrentHashMap<>();

    private final Path directory;
    private final ReentrantLock threadLock;

    Folder(Path realPath) {
      directory = realPath;
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
            "Cannot lock the lease folder " + directory + ". Check its permissions.", e);
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
            "Cannot write " + file + ". Free disk space or correct the permissions.", e);
      }
    }

    private Path fileOf(String id) {
      return directory.resolve(id + SUFFIX);
    }

    private static Optional<String> read(Path file) {
      try {
        return Optional.of(Files.readString(file));
      } catch (NoSuchFileException missing) {
        return Optional.empty();
      } catch (IOException e) {
        throw new LeaseRegistryException("Cannot read " + file + ". Check its permissions.", e);
      }
    }
  }
}
