package dev.finetune4j.providerkit.file;

import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.Example;
import dev.finetune4j.dataset.format.ExampleCodec;
import dev.finetune4j.providerkit.TransferListener;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Training data as files of a service: the same data is uploaded once, however often it is asked
 * for and whatever answer was lost. Thread-safe.
 */
public final class TrainingFiles {
  private static final String PURPOSE = "fine-tune";

  private final FileOperations files;
  private final @Nullable Duration expiry;
  private final TransferListener progress;

  private TrainingFiles(
      FileOperations files, @Nullable Duration expiry, TransferListener progress) {
    this.files = Objects.requireNonNull(files, "files");
    this.expiry = expiry;
    this.progress = Objects.requireNonNull(progress, "progress");
  }

  /** Returns the training data of a service, kept until deleted. */
  public static TrainingFiles of(FileOperations files) {
    return new TrainingFiles(files, null, TransferListener.NONE);
  }

  /** Returns these, with new files deleted by the service after a time. */
  public TrainingFiles expiringAfter(Duration time) {
    return new TrainingFiles(files, time, progress);
  }

  /** Returns these with a listener for the progress of uploads. */
  public TrainingFiles progress(TransferListener listener) {
    return new TrainingFiles(files, expiry, listener);
  }

  /**
   * Returns the file that holds the data in the format of {@code codec}, uploading it if the
   * service has none of that name and size that it did not refuse. It may not be processed yet; see
   * {@link FileOperations#awaitProcessed}.
   *
   * <p>The data is read once and written to a temporary file, in constant memory. Its name is that
   * of the data set in ASCII, then the first 16 digits of the SHA-256 of the file's bytes: so it
   * changes with the data, the format and the byte order mark. Costs a list, and at most an upload.
   */
  public <E extends Example> StoredFile uploadIfAbsent(Dataset<E> data, ExampleCodec<E> codec) {
    try (JsonlCopy copy = JsonlCopy.write(data, codec, files.settings().hasByteOrderMark())) {
      FileUpload upload = FileUpload.of(copy.file(), PURPOSE).named(copy.name()).progress(progress);
      return files.uploadIfAbsent(expiry == null ? upload : upload.expiringAfter(expiry));
    }
  }
}
