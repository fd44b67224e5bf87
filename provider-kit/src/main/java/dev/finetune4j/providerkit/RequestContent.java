package dev.finetune4j.providerkit;

import dev.finetune4j.dataset.DataFileException;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Bytes of a known length that can be read repeatedly, so that an upload can be retried. Immutable;
 * thread-safe as long as the file does not change.
 */
public final class RequestContent {
  private final Path origin;
  private final long length;
  private final Source source;

  private RequestContent(Path origin, long length, Source source) {
    this.origin = origin;
    this.length = length;
    this.source = source;
  }

  private interface Source {
    InputStream open() throws IOException;
  }

  /** Receives the bytes, block by block; the array is used again. */
  interface Sink {
    void write(byte[] block, int count) throws IOException;
  }

  /**
   * Returns a whole file, which is opened when it is sent. Asks for its size at once.
   *
   * @throws DataFileException if there is no such file
   */
  public static RequestContent of(Path file) {
    try {
      return of(file, 0, Files.size(file));
    } catch (IOException e) {
      throw new DataFileException("read", file, e);
    }
  }

  /** Returns {@code length} bytes of a file from {@code offset} on, opened when they are sent. */
  public static RequestContent of(Path file, long offset, long length) {
    return new RequestContent(
        file,
        length,
        () -> {
          // A stream of java.nio would be closed by an interrupt, and look like a broken file.
          FileInputStream in = new FileInputStream(file.toFile());
          in.skipNBytes(offset);
          return in;
        });
  }

  /** Returns a copy of some bytes. */
  public static RequestContent of(byte[] bytes) {
    byte[] copy = bytes.clone();
    return new RequestContent(Path.of("memory"), copy.length, () -> new ByteArrayInputStream(copy));
  }

  /** Returns how many bytes it is. */
  public long length() {
    return length;
  }

  /**
   * Reads it from its first byte to its last.
   *
   * @throws IOException only what {@code sink} throws
   * @throws DataFileException if it cannot be read, or has become shorter
   */
  void readInto(Sink sink, int blockBytes) throws IOException {
    byte[] block = new byte[blockBytes];
    try (InputStream in = opened()) {
      for (long left = length; left > 0; ) {
        int read = read(in, block, (int) Math.min(blockBytes, left));
        sink.write(block, read);
        left -= read;
      }
    }
  }

  private InputStream opened() {
    try {
      return source.open();
    } catch (IOException e) {
      throw new DataFileException("read", origin, e);
    }
  }

  private int read(InputStream in, byte[] block, int wanted) {
    try {
      int read = in.read(block, 0, wanted);
      if (read < 0) {
        throw new EOFException("it has become shorter than " + length + " bytes");
      }
      return read;
    } catch (IOException e) {
      throw new DataFileException("read", origin, e);
    }
  }

  @Override
  public String toString() {
    return "Content(" + length + " bytes)";
  }
}
