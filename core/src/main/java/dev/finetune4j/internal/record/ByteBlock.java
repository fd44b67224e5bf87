package dev.finetune4j.internal.record;

import dev.finetune4j.json.JsonParser;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Records that are ranges of a byte array. */
final class ByteBlock implements RecordBlock {
  private static final int SKIPPED = -1;

  private final byte[] bytes;
  private long[] lines = new long[64];
  private int[] starts = new int[64];
  private int[] ends = new int[64];
  private int size;
  private int marked = SKIPPED;

  ByteBlock(byte[] bytes) {
    this.bytes = bytes;
  }

  void add(long line, int start, int end) {
    if (size == lines.length) {
      lines = Arrays.copyOf(lines, size * 2);
      starts = Arrays.copyOf(starts, size * 2);
      ends = Arrays.copyOf(ends, size * 2);
    }
    int last = end;
    if (last > start && bytes[last - 1] == '\r') {
      last--;
    }
    lines[size] = line;
    starts[size] = start;
    ends[size] = last;
    size++;
  }

  void addTooLong(long line) {
    add(line, 0, 0);
    starts[size - 1] = SKIPPED;
  }

  /** Marks the first record as preceded by a byte order mark. */
  void markFirst() {
    marked = 0;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public long bytes() {
    return bytes.length;
  }

  @Override
  public long line(int index) {
    return lines[index];
  }

  @Override
  public RecordFault fault(int index) {
    if (starts[index] == SKIPPED) {
      return RecordFault.TOO_LONG;
    }
    if (isBlank(starts[index], ends[index])) {
      return RecordFault.BLANK;
    }
    if (Utf8.firstMalformed(bytes, starts[index], ends[index]) >= 0) {
      return RecordFault.BAD_ENCODING;
    }
    return index == marked ? RecordFault.BYTE_ORDER_MARK : RecordFault.NONE;
  }

  @Override
  public @Nullable Object tree(int index, JsonParser parser) {
    return parser.parse(bytes, starts[index], ends[index]);
  }

  private boolean isBlank(int start, int end) {
    for (int i = start; i < end; i++) {
      if (bytes[i] != ' ' && bytes[i] != '\t' && bytes[i] != '\r') {
        return false;
      }
    }
    return true;
  }
}
