package dev.finetune4j.internal.record;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Splits a stream of bytes into blocks of whole lines. Buffers one block and at most one line. */
public final class LineBlocks implements RecordBlocks {
  /**
   * A line, an item of an array or a row longer than this is skipped and reported: 160 MiB, enough
   * for ten images of 10 MiB in Base64 (134 MiB) and much text.
   */
  public static final int MAXIMUM_LINE_BYTES = 160 << 20;

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
      // Doubles while a line does not end, so that long lines are not copied too often, but reads
      // no more than it takes to see that a line is too long.
      int wanted =
          Math.max(BLOCK_BYTES, Math.min(rest.length, MAXIMUM_LINE_BYTES + 1 - rest.length));
      byte[] bytes = Arrays.copyOf(rest, rest.length + wanted);
      int read = in.readNBytes(bytes, rest.length, wanted);
      int filled = rest.length + read;
      ended = read < wanted;
      ByteBlock block = new ByteBlock(bytes);
      int start = begin(bytes, filled);
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

  /** Checks how the file begins, and returns the length of its byte order mark. */
  private int begin(byte[] bytes, int filled) throws FileFault {
    if (started) {
      return 0;
    }
    started = true;
    Utf8.requireUtf8(bytes, filled);
    int from = Utf8.hasMark(bytes, filled) ? 3 : 0;
    int bracket = skipSpace(bytes, from, filled);
    int item = skipSpace(bytes, bracket + 1, filled);
    if (item < filled && bytes[bracket] == '[' && bytes[item] == '{') {
      throw new FileFault(
          "json-array",
          1,
          "The file is one JSON array, not one JSON object per line.",
          "Read it with JsonArrayFile, or write each item on a line of its own.");
    }
    return from;
  }

  private static int skipSpace(byte[] bytes, int from, int filled) {
    int at = from;
    while (at < filled && (bytes[at] == ' ' || (bytes[at] >= '\t' && bytes[at] <= '\r'))) {
      at++;
    }
    return at;
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
    if (skipping || end - start > MAXIMUM_LINE_BYTES) {
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
