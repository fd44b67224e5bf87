package dev.finetune4j.internal.record;

import dev.finetune4j.internal.json.JsonBytes;
import org.jspecify.annotations.Nullable;

/** Some records that stand one after the other in a file. Immutable once handed out. */
public interface RecordBlock {

  /** Returns how many records the block holds. */
  int size();

  /** Returns the line of the file on which a record begins, from 1. */
  long line(int index);

  /** Returns what keeps a record from being parsed. */
  RecordFault fault(int index);

  /**
   * Returns the record as a tree.
   *
   * @throws dev.finetune4j.json.JsonSyntaxException if it is not JSON
   */
  @Nullable Object tree(int index, JsonBytes parser);
}
