package dev.finetune4j.internal.record;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Iterates over the blocks of a file. Used by one thread. */
public interface RecordBlocks extends Closeable {

  /** Returns the next block, or null after the last one. */
  @Nullable RecordBlock next() throws IOException;
}
