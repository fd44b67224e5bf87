package dev.finetune4j.dataset.validation;

import dev.finetune4j.internal.record.LineBlocks;
import dev.finetune4j.internal.record.RecordFault;

/** What is to be said of the bytes of a line. */
final class FaultFindings {
  private FaultFindings() {}

  /** Reports the fault and returns whether the record can be read all the same. */
  static boolean report(RecordFault fault, RecordFindings out) {
    switch (fault) {
      case NONE -> {}
      case BYTE_ORDER_MARK ->
          out.warning(
              "byte-order-mark",
              "$",
              "The file begins with a byte order mark.",
              "Save it as UTF-8 without one: some services refuse it.");
      case BLANK ->
          out.warning(
              "blank-line", "$", "The line is blank.", "Remove it: some services refuse it.");
      case BAD_ENCODING ->
          out.error("invalid-encoding", "$", "The line is not UTF-8.", "Save the file as UTF-8.");
      case TOO_LONG ->
          out.error(
              "line-too-long",
              "$",
              "The line is longer than " + (LineBlocks.MAXIMUM_LINE_BYTES >> 20) + " MiB.",
              "Put each example on its own line, and link to images instead of embedding them.");
    }
    return fault == RecordFault.NONE || fault == RecordFault.BYTE_ORDER_MARK;
  }
}
