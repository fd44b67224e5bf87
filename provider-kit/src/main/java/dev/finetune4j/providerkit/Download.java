package dev.finetune4j.providerkit;

import dev.finetune4j.ProviderId;
import dev.finetune4j.dataset.DataFileException;
import dev.finetune4j.error.ProviderFailure;
import dev.finetune4j.error.UnexpectedResponseException;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.OptionalLong;
import java.util.UUID;
import okhttp3.Request;
import okhttp3.Response;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/**
 * Downloads one file: to a temporary file beside the target, continued after a lost connection, and
 * moved to the target when complete. Not thread-safe.
 */
final class Download {
  private static final int BLOCK_BYTES = 64 << 10;
  private static final int RANGE_NOT_SATISFIABLE = 416;

  private final ProviderId provider;
  private final Path target;
  private final Path partial;
  private final TransferListener listener;
  private final boolean lasting;
  private long have;
  private @Nullable String version;

  Download(ProviderId provider, Path file, TransferListener listener) {
    this(provider, file, "." + UUID.randomUUID() + ".part", listener, false);
  }

  private Download(
      ProviderId provider, Path file, String suffix, TransferListener listener, boolean lasting) {
    this.provider = provider;
    this.listener = listener;
    this.lasting = lasting;
    target = file.toAbsolutePath();
    partial = target.resolveSibling(target.getFileName() + suffix);
  }

  /**
   * Returns a download of bytes that never change, which continues where an earlier one stopped.
   */
  static Download lasting(ProviderId provider, Path file, TransferListener listener) {
    Download download = new Download(provider, file, ".part", listener, true);
    download.have =
        download.onDisk(() -> Files.exists(download.partial) ? Files.size(download.partial) : 0L);
    return download;
  }

  /** Asks only for what is missing, and only if it is sure to be still the same. */
  void ask(Request.Builder request) {
    // Packed bytes could not be continued, nor their size be checked.
    request.header("Accept-Encoding", "identity");
    if (have > 0 && lasting) {
      request.header("Range", "bytes=" + have + "-");
    } else if (have > 0 && version != null) {
      request.header("Range", "bytes=" + have + "-").header("If-Range", version);
    }
  }

  /** Reads an answer to the end of the file. */
  long receive(Response response, HttpAttempt attempt) throws IOException {
    boolean continues = response.code() == 206 && begins(response) == have;
    if (!continues) {
      have = 0;
    }
    version = validator(response);
    long length = response.body().contentLength();
    long whole = length < 0 ? -1 : have + length;
    try (RandomAccessFile file = open()) {
      copy(response.body().source(), file, attempt, whole);
    }
    requireWhole(response, whole);
    onDisk(
        () ->
            Files.move(
                partial,
                target,
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING));
    return have;
  }

  /** Forgets what came if the service cannot continue it; returns whether it did. */
  boolean beginsAnewAfter(FailedAttempt failed) {
    boolean cannotContinue =
        have > 0 && failed.failure().failure().httpStatus().orElse(0) == RANGE_NOT_SATISFIABLE;
    have = cannotContinue ? 0 : have;
    return cannotContinue;
  }

  void discard() {
    if (!lasting) {
      onDisk(() -> Files.deleteIfExists(partial));
    }
  }

  private void copy(BufferedSource source, RandomAccessFile file, HttpAttempt attempt, long whole)
      throws IOException {
    byte[] block = new byte[BLOCK_BYTES];
    for (int read = source.read(block); read >= 0; read = source.read(block)) {
      int count = read;
      onDisk(
          () -> {
            file.write(block, 0, count);
            return count;
          });
      have += read;
      attempt.received(read);
      listener.moved(have, whole);
    }
    onDisk(
        () -> {
          file.getFD().sync();
          return have;
        });
  }

  // Not a FileChannel: an interrupt would close it, and look like a broken disk.
  private RandomAccessFile open() {
    return onDisk(
        () -> {
          RandomAccessFile file = new RandomAccessFile(partial.toFile(), "rw");
          file.setLength(have);
          file.seek(have);
          return file;
        });
  }

  private interface DiskAction<T> {
    T run() throws IOException;
  }

  /** Keeps a fault of the disk apart from one of the network, which is worth another request. */
  private <T> T onDisk(DiskAction<T> action) {
    try {
      return action.run();
    } catch (IOException e) {
      throw new DataFileException("write", target, e);
    }
  }

  private void requireWhole(Response response, long whole) throws IOException {
    OptionalLong promised = total(response);
    if (whole >= 0 && have < whole) {
      throw new EOFException("the answer ended " + (whole - have) + " bytes early");
    } else if (promised.isPresent() && promised.getAsLong() != have) {
      throw new UnexpectedResponseException(
          ProviderFailure.of(
                  provider,
                  "The file has "
                      + have
                      + " bytes, and "
                      + promised.getAsLong()
                      + " were promised.")
              .withHttpStatus(response.code())
              .withRequestId(OpenAiErrorReader.requestId(response.headers()).orElse(null)),
          null);
    }
  }

  private static @Nullable String validator(Response response) {
    String tag = response.header("ETag");
    // A weak tag does not promise the same bytes (RFC 9110, section 13.1.5).
    return tag != null && !tag.startsWith("W/") ? tag : response.header("Last-Modified");
  }

  private static long begins(Response response) {
    String range = response.header("Content-Range", "");
    String digits = String.valueOf(range).replaceFirst("^bytes (\\d+)-.*$", "$1");
    return digits.matches("\\d{1,18}") ? Long.parseLong(digits) : -1;
  }

  private static OptionalLong total(Response response) {
    String range = String.valueOf(response.header("Content-Range", ""));
    String digits = range.substring(range.lastIndexOf('/') + 1);
    return digits.matches("\\d{1,18}")
        ? OptionalLong.of(Long.parseLong(digits))
        : OptionalLong.empty();
  }
}
