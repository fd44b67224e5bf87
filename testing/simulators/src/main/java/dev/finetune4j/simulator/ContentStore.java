package dev.finetune4j.simulator;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where contents of any size are put: up to 1 MiB each in memory, larger ones in a folder of its
 * own that is removed on close. Thread-safe; a sink belongs to one thread.
 */
public final class ContentStore implements Closeable {
  private static final int MEMORY_BYTES = 1 << 20;

  private @Nullable Path folder;

  /** Starts a content that is written piece by piece. */
  public Sink sink() {
    return new Sink();
  }

  @Override
  public synchronized void close() {
    if (folder == null) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> all = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : all) {
        Files.deleteIfExists(file);
      }
      folder = null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private synchronized Path newFile() throws IOException {
    if (folder == null) {
      folder = Files.createTempDirectory("simulator");
    }
    return Files.createTempFile(folder, "content", "");
  }

  /** A content that is being written. */
  public final class Sink extends OutputStream {
    private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
    private @Nullable Path file;
    private OutputStream target = memory;
    private long size;

    private Sink() {}

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (file == null && size + length > MEMORY_BYTES) {
        file = newFile();
        target = Files.newOutputStream(file);
        memory.writeTo(target);
        memory.reset();
      }
      target.write(bytes, offset, length);
      size += length;
    }

    /** Returns how many bytes were written. */
    public long size() {
      return size;
    }

    @Override
    public void close() throws IOException {
      target.close();
    }

    /** Ends the writing and returns what was written. */
    public StoredContent content() throws IOException {
      close();
      return file == null
          ? StoredContent.of(memory.toByteArray())
          : StoredContent.ofFile(file, size);
    }
  }
}
