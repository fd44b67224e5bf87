package dev.finetune4j.internal.record;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Splits a file that is one JSON array into its items. Anything other than a comma between items
 * becomes part of an item, whose parser then reports it.
 */
public final class ArrayBlocks implements RecordBlocks {
  private static final int BLOCK_BYTES = 1 << 18;

  private final InputStream in;
  private long line = 1;
  private boolean started;
  private boolean ended;

  /** Reads from {@code in}, which this object closes. */
  public ArrayBlocks(InputStream in) {
    this.in = new BufferedInputStream(in, BLOCK_BYTES);
  }

  @Override
  public @Nullable RecordBlock next() throws IOException {
    if (!started) {
      started = true;
      skipToBracket();
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(BLOCK_BYTES);
    List<long[]> ranges = new ArrayList<>();
    while (!ended && bytes.size() < BLOCK_BYTES) {
      int from = bytes.size();
      long at = item(bytes);
      if (bytes.size() > from) {
        ranges.add(new long[] {at, from, bytes.size()});
      }
    }
    if (ranges.isEmpty()) {
      return null;
    }
    ByteBlock block = new ByteBlock(bytes.toByteArray());
    ranges.forEach(range -> block.add(range[0], (int) range[1], (int) range[2]));
    return block;
  }

  private void skipToBracket() throws IOException {
    int next = in.read();
    while (next >= 0 && next != '[') {
      if (next == '\n') {
        line++;
      }
      next = in.read();
    }
    ended = next < 0;
  }

  /** Copies one item without leading white space, and returns the line on which it starts. */
  private long item(ByteArrayOutputStream bytes) throws IOException {
    int depth = 0;
    boolean quoted = false;
    boolean escaped = false;
    long at = 0;
    while (true) {
      int next = in.read();
      if (next < 0) {
        ended = true;
        return at == 0 ? line : at;
      }
      if (!quoted && depth == 0 && (next == ',' || next == ']')) {
        ended = next == ']';
        return at == 0 ? line : at;
      }
      if (quoted) {
        quoted = escaped || next != '"';
        escaped = !escaped && next == '\\';
      } else if (next == '"') {
        quoted = true;
      } else if (next == '{' || next == '[') {
        depth++;
      } else if (next == '}' || next == ']') {
        depth--;
      }
      if (at == 0 && !Character.isWhitespace(next)) {
        at = line;
      }
      if (at != 0) {
        bytes.write(next);
      }
      if (next == '\n') {
        line++;
      }
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
