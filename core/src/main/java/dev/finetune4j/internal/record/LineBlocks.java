package dev.finetune4j.internal.record;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Splits a stream of bytes into blocks of whole lines. Buffers one block and at most one line. */
public final class LineBlocks implements RecordBlocks {
  /** A line longer than this is skipped and reported: 16 MiB. */
  public static final int MAXIMUM_LINE_BYTES = 16 << 20;

  private static final int BLOCK_BYTES = 1 << 20;

  private final InputStream in;
  private byte[] rest = new byte[0];
  private long nextLine = 1;
  private boolean ended;
  private boolean started;
  private boolean skipping;

  /** Reads from {@code in}, which this object closes. */
  public LineBlocks(InputStream in) {
    this.in = in;
  }

  @Override
  public @Nullable RecordBlock next() throws IOException {
    while (!ended) {
      byte[] bytes = Arrays.copyOf(rest, rest.length + BLOCK_BYTES);
      int read = in.readNBytes(bytes, rest.length, BLOCK_BYTES);
      int filled = rest.length + read;
      ended = read < BLOCK_BYTES;
      ByteBlock block = new ByteBlock(bytes);
      int start = markEnd(bytes, filled);
      if (start > 0) {
        block.markFirst();
      }
      cut(block, bytes, start, filled);
      if (block.size() > 0) {
        return block;
      }
    }
    return null;
  }

  private int markEnd(byte[] bytes, int filled) {
    boolean first = !started;
    started = true;
    boolean marked =
        first
            && filled >= 3
            && bytes[0] == (byte) 0xEF
            && bytes[1] == (byte) 0xBB
            && bytes[2] == (byte) 0xBF;
    return marked ? 3 : 0;
  }

  private void cut(ByteBlock block, byte[] bytes, int from, int filled) {
    int start = from;
    for (int i = from; i < filled; i++) {
      if (bytes[i] == '\n') {
        line(block, start, i);
        start = i + 1;
      }
    }
    if (ended) {
      if (start < filled || skipping) {
        line(block, start, filled);
      }
      rest = new byte[0];
    } else if (skipping || filled - start > MAXIMUM_LINE_BYTES) {
      skipping = true;
      rest = new byte[0];
    } else {
      rest = Arrays.copyOfRange(bytes, start, filled);
    }
  }

  private void line(ByteBlock block, int start, int end) {
    if (skipping) {
      skipping = false;
      block.addTooLong(nextLine);
    } else {
      block.add(nextLine, start, end);
    }
    nextLine++;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
