package dev.finetune4j.internal.record;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The blocks of a file, in order. Used by one thread. */
public interface RecordBlocks extends Closeable {

  /** Returns the next block, null after the last one. */
  @Nullable RecordBlock next() throws IOException;
}
