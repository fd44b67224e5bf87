package dev.finetune4j.internal.record;

import java.io.BufferedInputStream;
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

  private Compression() {}

  /** Opens a file and decompresses it if it starts with gzip's magic bytes. */
  public static InputStream open(Path file) throws IOException {
    InputStream raw = Files.newInputStream(file);
    try {
      BufferedInputStream buffered = new BufferedInputStream(raw, BUFFER);
      buffered.mark(2);
      boolean packed = buffered.read() == 0x1F && buffered.read() == 0x8B;
      buffered.reset();
      return packed ? new GZIPInputStream(buffered, BUFFER) : buffered;
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
