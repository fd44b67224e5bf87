package dev.finetune4j.dataset.format;

/**
 * Receives what is wrong with a record while a codec reads it. Each method takes the id of the rule
 * in lower case with hyphens, the JSON path in the record, what is wrong, and what to do about it;
 * the last two are one sentence each.
 */
public interface RecordProblems {

  /** Reports something because of which training would fail or learn something wrong. */
  void error(String rule, String path, String message, String suggestion);

  /** Reports something because of which training would probably not work as intended. */
  void warning(String rule, String path, String message, String suggestion);

  /** Reports something worth knowing. */
  void note(String rule, String path, String message, String suggestion);
}
