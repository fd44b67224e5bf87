package dev.finetune4j.internal.record;

import java.util.ArrayList;
import java.util.List;

/** The ranges of a block whose bytes are still being collected. */
final class ByteBlockPlan {
  private final List<long[]> ranges = new ArrayList<>();

  void add(long line, int from, int to) {
    ranges.add(new long[] {line, from, to});
  }

  boolean isEmpty() {
    return ranges.isEmpty();
  }

  ByteBlock block(byte[] bytes) {
    ByteBlock block = new ByteBlock(bytes);
    ranges.forEach(range -> block.add(range[0], (int) range[1], (int) range[2]));
    return block;
  }
}
