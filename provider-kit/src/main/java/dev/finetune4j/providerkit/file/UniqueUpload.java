package dev.finetune4j.providerkit.file;

import dev.finetune4j.error.ProviderUnavailableException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Uploads a file unless the service has it, also after a lost response. */
final class UniqueUpload {
  private static final int ATTEMPTS = 3;
  private static final Set<FileStatus> USELESS = Set.of(FileStatus.ERROR, FileStatus.DELETED);

  private final FileOperations files;
  private final FileUpload upload;

  UniqueUpload(FileOperations files, FileUpload upload) {
    this.files = files;
    this.upload = upload;
  }

  StoredFile run() {
    for (int attempt = 1; ; attempt++) {
      Optional<StoredFile> found = find();
      if (found.isPresent()) {
        return found.get();
      }
      try {
        return files.upload(upload);
      } catch (ProviderUnavailableException lost) {
        if (Thread.currentThread().isInterrupted()) {
          throw lost;
        } else if (attempt == ATTEMPTS) {
          return find().orElseThrow(() -> lost);
        }
      }
    }
  }

  private Optional<StoredFile> find() {
    try (Stream<StoredFile> stored = files.list(upload.purpose())) {
      return stored.filter(this::isSame).findFirst();
    }
  }

  private boolean isSame(StoredFile file) {
    // A service that is still reading a file may not say its size yet.
    return file.name().equals(upload.name())
        && file.bytes().orElse(upload.bytes()) == upload.bytes()
        && !USELESS.contains(file.status());
  }
}
