package dev.finetune4j.simulator;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;

/**
 * Bytes that a simulated service stores, in memory or on disk, in one or more segments. Immutable
 * and thread-safe.
 */
public final class StoredContent {
  private interface Segment {
    long size();

    InputStream open();
  }

  private final List<Segment> segments;

  private StoredContent(List<Segment> segments) {
    this.segments = segments;
  }

  /** Makes the content of a text in UTF-8. */
  public static StoredContent of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Makes a content of these bytes, which are not copied. */
  public static StoredContent of(byte[] bytes) {
    return new StoredContent(List.of(new MemorySegment(bytes)));
  }

  /** Puts contents after one another without copying them. */
  public static StoredContent joined(List<StoredContent> parts) {
    List<Segment> all = new ArrayList<>();
    parts.forEach(part -> all.addAll(part.segments));
    return new StoredContent(List.copyOf(all));
  }

  static StoredContent ofFile(Path file, long size) {
    return new StoredContent(List.of(new FileSegment(file, size)));
  }

  /** Returns the number of bytes. */
  public long size() {
    return segments.stream().mapToLong(Segment::size).sum();
  }

  /** Returns the bytes from the first on; the caller closes. */
  public InputStream open() {
    List<InputStream> streams = new ArrayList<>();
    segments.forEach(segment -> streams.add(segment.open()));
    return new SequenceInputStream(Collections.enumeration(streams));
  }

  /** Returns what is left of it without its first bytes. */
  public StoredContent from(long offset) {
    return new StoredContent(List.of(new Tail(this, offset)));
  }

  /** Returns the MD5 sum as 32 hexadecimal digits; reads everything. */
  public String md5() {
    try (InputStream in = open()) {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      byte[] buffer = new byte[65_536];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        digest.update(buffer, 0, count);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has MD5", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns all bytes at once: for contents that are known to be small. */
  public byte[] bytes() {
    if (segments.size() == 1 && segments.get(0) instanceof MemorySegment only) {
      return only.bytes;
    }
    try (InputStream in = open()) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class MemorySegment implements Segment {
    private final byte[] bytes;

    MemorySegment(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public long size() {
      return bytes.length;
    }

    @Override
    public InputStream open() {
      return new ByteArrayInputStream(bytes);
    }
  }

  private record FileSegment(Path file, long size) implements Segment {
    @Override
    public InputStream open() {
      return new LazyInput(file);
    }
  }

  private record Tail(StoredContent whole, long offset) implements Segment {
    @Override
    public long size() {
      return Math.max(0, whole.size() - offset);
    }

    @Override
    public InputStream open() {
      InputStream in = whole.open();
      try {
        in.skipNBytes(offset);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return in;
    }
  }

  /** Opens its file at the first read, so that a content of many segments holds one open. */
  private static final class LazyInput extends InputStream {
    private final Path file;
    private InputStream in = InputStream.nullInputStream();
    private boolean opened;

    LazyInput(Path file) {
      this.file = file;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (!opened) {
        opened = true;
        in = Files.newInputStream(file);
      }
      return in.read(target, offset, length);
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
