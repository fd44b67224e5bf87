package dev.finetune4j.internal.record;

import java.io.IOException;

/** A fault because of which the rest of a file cannot be read as records. */
public final class FileFault extends IOException {
  private static final long serialVersionUID = 1L;

  private final String rule;
  private final long line;
  private final String suggestion;

  /** Creates the fault with the id of its rule and the line of the file, from 1. */
  public FileFault(String rule, long line, String message, String suggestion) {
    super(message);
    this.rule = rule;
    this.line = line;
    this.suggestion = suggestion;
  }

  /** Returns this fault on another line. */
  FileFault at(long otherLine) {
    return new FileFault(rule, otherLine, String.valueOf(getMessage()), suggestion);
  }

  /** Returns the id of the rule, in lower case with hyphens. */
  public String rule() {
    return rule;
  }

  /** Returns the line of the file, from 1. */
  public long line() {
    return line;
  }

  /** Returns what to do about it, one sentence. */
  public String suggestion() {
    return suggestion;
  }
}
