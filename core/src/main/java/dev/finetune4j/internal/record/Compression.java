package dev.finetune4j.internal.record;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Opens files that may be gzipped, detected by the first bytes when reading and by the name when
 * writing.
 */
public final class Compression {
  private static final int BUFFER = 1 << 16;

  private static final long HARMLESS_BYTES = 4L << 30;
  private static final long MOST_TIMES = 200;

  private Compression() {}

  /**
   * Decompressed bytes. Ends with a fault when they are far more than the file: gzip can make a
   * thousand of one, texts that people write become about ten.
   */
  static final class Expanding extends FilterInputStream {
    private final long most;
    private long read;

    /**
     * Reads from {@code in}.
     *
     * @param harmless so many bytes are read in any case
     * @param times how many times as large as the file the content may be
     */
    Expanding(InputStream in, long fileBytes, long harmless, long times) {
      super(in);
      most = Math.max(harmless, fileBytes * times);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
      int count = super.read(target, from, length);
      read += Math.max(0, count);
      if (read > most) {
        throw new FileFault(
            "suspicious-compression",
            1,
            "The content is more than " + (most >> 20) + " MiB, far larger than the file.",
            "If it is meant to be so large, decompress the file first; the rest was not checked.");
      }
      return count;
    }

    @Override
    public boolean markSupported() {
      return false;
    }
  }

  /** Opens a file and decompresses it if it starts with gzip's magic bytes. */
  public static InputStream open(Path file) throws IOException {
    InputStream raw = Files.newInputStream(file);
    try {
      BufferedInputStream buffered = new BufferedInputStream(raw, BUFFER);
      buffered.mark(2);
      boolean packed = buffered.read() == 0x1F && buffered.read() == 0x8B;
      buffered.reset();
      return packed
          ? new Expanding(
              new GZIPInputStream(buffered, BUFFER), Files.size(file), HARMLESS_BYTES, MOST_TIMES)
          : buffered;
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }

  /** Creates a file and compresses it if {@code finalName} ends in {@code .gz}. */
  public static OutputStream create(Path file, String finalName) throws IOException {
    OutputStream raw = Files.newOutputStream(file);
    return finalName.endsWith(".gz") ? new GZIPOutputStream(raw, BUFFER) : raw;
  }
}
