package dev.finetune4j.huggingface.hub;

import dev.finetune4j.dataset.DataFileException;
import dev.finetune4j.error.ProviderFailure;
import dev.finetune4j.error.UnexpectedResponseException;
import dev.finetune4j.providerkit.HttpTransport;
import dev.finetune4j.providerkit.TransferListener;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The cache of Hub files on this machine, in the layout of the Python client: {@code blobs} has
 * each content once under its hash, {@code snapshots} links to them from each commit, {@code refs}
 * has the commits of branches. Thread-safe, also between processes of this library; if both clients
 * fetch a file at the same time, it is fetched twice with the same result.
 */
final class HubCache {
  // A file lock belongs to the whole process, so threads need locks as well.
  private static final ConcurrentMap<Path, Object> LOCKS = new ConcurrentHashMap<>();

  private final Path folder;

  HubCache(Path folder) {
    this.folder = folder;
  }

  /** Returns the folder of a commit, which may not exist. */
  Path snapshot(RepositoryId id, String commit) {
    return folder.resolve(id.cacheFolder()).resolve("snapshots").resolve(commit);
  }

  /** Records the commit of a branch or tag. */
  void remember(RepositoryId id, String revision, String commit) {
    Path refs = folder.resolve(id.cacheFolder()).resolve("refs");
    Path file = refs.resolve(revision).normalize();
    if (!file.startsWith(refs)) {
      return;
    }
    disk(
        file,
        () -> {
          Files.createDirectories(file.getParent());
          return Files.write(file, commit.getBytes(StandardCharsets.UTF_8));
        });
  }

  /** Returns a file, downloaded if it is not cached. */
  Path fetch(
      HubCalls calls, RepositoryId id, String commit, HubFile file, TransferListener progress) {
    Path snapshot = snapshot(id, commit);
    Path place = snapshot.resolve(file.path()).normalize();
    if (!place.startsWith(snapshot) || !file.contentId().matches("[0-9a-f]{40,64}")) {
      throw unexpected(calls.transport(), "Invalid file name or hash: " + file.path());
    }
    if (Files.exists(place)) {
      return place;
    }
    Path blob = folder.resolve(id.cacheFolder()).resolve("blobs").resolve(file.contentId());
    synchronized (LOCKS.computeIfAbsent(blob, any -> new Object())) {
      return disk(
          blob,
          () -> {
            Files.createDirectories(blob.getParent());
            Path lock = blob.resolveSibling(blob.getFileName() + ".lock");
            try (FileChannel channel =
                    FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
              if (held.isValid() && !Files.exists(blob)) {
                bring(calls, commit, file, blob, progress);
              }
            }
            Files.deleteIfExists(lock);
            return link(place, blob);
          });
    }
  }

  private static void bring(
      HubCalls calls, String commit, HubFile file, Path blob, TransferListener progress)
      throws IOException {
    Path arrived = blob.resolveSibling(blob.getFileName() + ".unchecked");
    HttpTransport transport = calls.transport();
    calls.translated(
        () -> transport.downloadLasting(calls.content(commit, file.path()), arrived, progress));
    if (!hash(file, arrived).equals(file.contentId())) {
      Files.deleteIfExists(arrived);
      throw unexpected(transport, "The file " + file.path() + " does not have the announced hash.");
    }
    Files.move(arrived, blob, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static String hash(HubFile file, Path arrived) throws IOException {
    String before = "blob " + Files.size(arrived) + "\0";
    try (InputStream in = new FileInputStream(arrived.toFile())) {
      return file.sha256().isPresent()
          ? NewFile.hash("SHA-256", new byte[0], in)
          : NewFile.hash("SHA-1", before.getBytes(StandardCharsets.UTF_8), in);
    }
  }

  private static Path link(Path place, Path blob) throws IOException {
    Path fresh = place.resolveSibling(place.getFileName() + "." + UUID.randomUUID() + ".link");
    Path parent = Objects.requireNonNull(place.getParent());
    Files.createDirectories(parent);
    try {
      Files.createSymbolicLink(fresh, parent.relativize(blob));
    } catch (UnsupportedOperationException | FileSystemException noLinks) {
      // Not all Windows users may create links.
      Files.copy(blob, fresh);
    }
    return Files.move(
        fresh, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private interface DiskAction<T> {
    T run() throws IOException;
  }

  private static <T> T disk(Path file, DiskAction<T> action) {
    try {
      return action.run();
    } catch (IOException e) {
      throw new DataFileException("write", file, e);
    }
  }

  private static UnexpectedResponseException unexpected(HttpTransport transport, String what) {
    return new UnexpectedResponseException(ProviderFailure.of(transport.provider(), what), null);
  }
}
