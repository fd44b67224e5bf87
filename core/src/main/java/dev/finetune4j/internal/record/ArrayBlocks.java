package dev.finetune4j.internal.record;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Splits a file that is one JSON array into its items, and checks what is around them. */
public final class ArrayBlocks implements RecordBlocks {
  private static final int BLOCK_BYTES = 1 << 18;
  private static final int TOO_LONG = -1;

  private final InputStream in;
  private byte[] bytes = new byte[BLOCK_BYTES * 2];
  private int size;
  private long line = 1;
  private boolean started;
  private boolean ended;
  private @Nullable FileFault fault;

  /** Where an item is: its line and its bytes; {@code from} is -1 if it is too long. */
  private record Item(long line, int from, int to) {}

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
    size = 0;
    List<Item> items = new ArrayList<>();
    while (!ended && size < BLOCK_BYTES) {
      Item item = item();
      if (item != null) {
        items.add(item);
      }
    }
    if (items.isEmpty()) {
      if (fault != null) {
        throw fault;
      }
      return null;
    }
    ByteBlock block = new ByteBlock(Arrays.copyOf(bytes, size));
    for (Item item : items) {
      if (item.from() == TOO_LONG) {
        block.addTooLong(item.line());
      } else {
        block.add(item.line(), item.from(), item.to());
      }
    }
    return block;
  }

  private void skipToBracket() throws IOException {
    Utf8.requireUtf8(in);
    int next = skipSpace();
    if (next < 0) {
      throw broken("The file is empty.", "Write one JSON array; without examples it is [].");
    } else if (next != '[') {
      throw broken(
          "The file does not begin with an opening bracket.",
          "Write one JSON array, or read the file as JSON lines.");
    } else {
      next = skipSpace();
      if (next == ']') {
        end();
      } else {
        in.reset();
      }
    }
  }

  /** Returns the first byte that is not white space, -1 at the end of the file. */
  private int skipSpace() throws IOException {
    in.mark(1);
    int next = in.read();
    while (next == ' ' || next == '\t' || next == '\r' || next == '\n') {
      line += next == '\n' ? 1 : 0;
      in.mark(1);
      next = in.read();
    }
    return next;
  }

  /** Checks that nothing follows the closing bracket. */
  private void end() throws IOException {
    ended = true;
    if (skipSpace() >= 0) {
      fault =
          broken(
              "There is more text after the array.",
              "Write all items into one array; nothing after this place was checked.");
    }
  }

  private FileFault broken(String message, String suggestion) {
    return new FileFault("invalid-array", line, message, suggestion);
  }

  /** Copies one item without leading white space; null if there is none, which is a fault. */
  private @Nullable Item item() throws IOException {
    int depth = 0;
    boolean quoted = false;
    boolean escaped = false;
    int next = skipSpace();
    long at = line;
    int from = size;
    boolean tooLong = false;
    while (true) {
      if (next < 0) {
        ended = true;
        fault =
            broken(
                "The file ends before the array is closed.",
                "Copy the file again: it seems to be cut off.");
        size = from;
        return null;
      }
      if (!quoted && depth == 0 && (next == ',' || next == ']')) {
        boolean empty = size == from && !tooLong;
        if (empty) {
          ended = true;
          fault =
              broken(
                  "An item of the array is missing"
                      + (next == ']' ? " after the last comma." : " before a comma."),
                  "Remove the comma; nothing after this place was checked.");
          return null;
        }
        if (next == ']') {
          end();
        }
        return new Item(at, tooLong ? TOO_LONG : from, size);
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
      if (size - from == LineBlocks.MAXIMUM_LINE_BYTES) {
        tooLong = true;
        size = from;
      }
      if (!tooLong) {
        write(next);
      }
      line += next == '\n' ? 1 : 0;
      next = in.read();
    }
  }

  private void write(int next) {
    if (size == bytes.length) {
      bytes = Arrays.copyOf(bytes, size * 2);
    }
    bytes[size++] = (byte) next;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
