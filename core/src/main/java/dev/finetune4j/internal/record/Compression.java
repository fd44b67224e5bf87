package dev.finetune4j.internal.record;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Opens files that may be gzipped: for reading by their first bytes, for writing by their name. */
public final class Compression {
  private static final int BUFFER = 1 << 16;

  private Compression() {}

  /** Opens a file, unpacking it on the way if it begins with gzip's magic bytes. */
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

  /** Creates a file, packing it on the way if {@code finalName} ends in {@code .gz}. */
  public static OutputStream create(Path file, String finalName) throws IOException {
    OutputStream raw = Files.newOutputStream(file);
    return finalName.endsWith(".gz") ? new GZIPOutputStream(raw, BUFFER) : raw;
  }
}
