package dev.finetune4j.providerkit.file;

import dev.finetune4j.providerkit.RequestContent;
import dev.finetune4j.providerkit.TransferListener;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file to upload: content, name, purpose and expiry. Immutable; thread-safe.
 *
 * <pre>{@code
 * FileUpload.of(Path.of("requests.jsonl"), "batch").expiringAfter(Duration.ofDays(2))
 * }</pre>
 */
public final class FileUpload {
  private final Path file;
  private final long bytes;
  private final String purpose;
  private final String name;
  private final @Nullable Duration expiry;
  private final TransferListener progress;

  private FileUpload(
      FileUpload of, String name, @Nullable Duration expiry, TransferListener progress) {
    this.file = of.file;
    this.bytes = of.bytes;
    this.purpose = of.purpose;
    this.name = name;
    this.expiry = expiry;
    this.progress = progress;
  }

  private FileUpload(Path file, String purpose) {
    this.file = file;
    this.bytes = RequestContent.of(file).length();
    this.purpose = Objects.requireNonNull(purpose, "purpose");
    this.name = String.valueOf(file.getFileName());
    this.expiry = null;
    this.progress = TransferListener.NONE;
  }

  /**
   * Returns the upload of a file under its own name. Asks for its size at once.
   *
   * @param purpose the service's word, for example {@code fine-tune} or {@code batch}
   * @throws dev.finetune4j.dataset.DataFileException if there is no such file
   */
  public static FileUpload of(Path file, String purpose) {
    return new FileUpload(file, purpose);
  }

  /** Returns this upload under another name, printable ASCII. */
  public FileUpload named(String filename) {
    return new FileUpload(this, filename, expiry, progress);
  }

  /** Returns this upload of a file that the service deletes after a time. */
  public FileUpload expiringAfter(Duration time) {
    return new FileUpload(this, name, time, progress);
  }

  /** Returns this upload with a listener for its progress. */
  public FileUpload progress(TransferListener listener) {
    return new FileUpload(this, name, expiry, listener);
  }

  /** Returns where the bytes are. */
  public Path file() {
    return file;
  }

  /** Returns how many bytes it had when this was made. */
  public long bytes() {
    return bytes;
  }

  /** Returns what the file is for, in the service's word. */
  public String purpose() {
    return purpose;
  }

  /** Returns the name that it is sent under. */
  public String name() {
    return name;
  }

  /** Returns after which time the service deletes it; empty if it keeps its own rule. */
  public Optional<Duration> expiry() {
    return Optional.ofNullable(expiry);
  }

  TransferListener progress() {
    return progress;
  }

  @Override
  public String toString() {
    return "FileUpload(" + name + ", " + purpose + ", " + bytes + " bytes)";
  }
}
