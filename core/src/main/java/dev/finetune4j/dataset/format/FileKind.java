package dev.finetune4j.dataset.format;

/** A file format of records. */
public enum FileKind {
  /** One JSON object per line. */
  JSON_LINES,
  /** One JSON array whose items are the records. */
  JSON_ARRAY,
  /** A table of cells, as {@link TableFormat} says. */
  CSV
}
