package dev.finetune4j.internal.record;

import dev.finetune4j.json.JsonParser;
import org.jspecify.annotations.Nullable;

/** Consecutive records of a file. Immutable once returned. */
public interface RecordBlock {

  /** Returns the number of records. */
  int size();

  /** Returns about how many bytes of memory the records hold. */
  long bytes();

  /** Returns the line of the file on which a record starts, from 1. */
  long line(int index);

  /** Returns the fault of a record's bytes. */
  RecordFault fault(int index);

  /**
   * Returns the record as a JSON tree.
   *
   * @throws dev.finetune4j.json.JsonSyntaxException if it is not JSON
   */
  @Nullable Object tree(int index, JsonParser parser);
}
