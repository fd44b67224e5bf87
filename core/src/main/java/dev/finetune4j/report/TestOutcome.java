package dev.finetune4j.report;

import java.time.Duration;

/**
 * One test case as builds show it. Immutable.
 *
 * @param name what was tested
 * @param duration how long it took
 * @param kind how it ended
 * @param text why it did not pass; its first line is the message
 */
record TestOutcome(String name, Duration duration, Kind kind, String text) {

  /** How a test case ends. */
  enum Kind {
    PASSED,
    FAILED,
    BROKEN
  }

  String message() {
    return text.lines().findFirst().orElse("");
  }
}
