package dev.finetune4j.dataset;

/** How records stand in a file. */
public enum FileKind {
  /** One JSON object a line. */
  JSON_LINES,
  /** One JSON array whose items are the records. */
  JSON_ARRAY,
  /** A table with a header line, as RFC 4180 says. */
  CSV
}
