package dev.finetune4j.internal.record;

/** A fault in the bytes of a record, found before its JSON is parsed. */
public enum RecordFault {
  /** No fault. */
  NONE,
  /** The line is blank. */
  BLANK,
  /** The line is longer than {@link LineBlocks#MAXIMUM_LINE_BYTES}; its bytes were skipped. */
  TOO_LONG,
  /** A row of a table has more or fewer cells than the header. */
  RAGGED,
  /** The bytes are not UTF-8. */
  BAD_ENCODING,
  /** The file starts with a byte order mark; the record after it is readable. */
  BYTE_ORDER_MARK
}
