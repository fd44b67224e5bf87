package dev.finetune4j.internal.record;

/** What is wrong with the bytes of a record, before anyone looks at its JSON. */
public enum RecordFault {
  /** Nothing. */
  NONE,
  /** The line holds nothing but spaces. */
  BLANK,
  /** The line is longer than {@link LineBlocks#MAXIMUM_LINE_BYTES}; its bytes were skipped. */
  TOO_LONG,
  /** The bytes are not UTF-8. */
  BAD_ENCODING,
  /** The file begins with a byte order mark; the record after it can be read all the same. */
  BYTE_ORDER_MARK
}
