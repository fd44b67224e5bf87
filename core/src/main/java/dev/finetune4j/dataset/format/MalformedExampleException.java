package dev.finetune4j.dataset.format;

import dev.finetune4j.error.FineTuningException;
import dev.finetune4j.error.Responsibility;

/**
 * Thrown when a record does not have the expected format. Reading stops at the first one; to see
 * all of them with suggestions, validate the file.
 */
public final class MalformedExampleException extends FineTuningException {
  private static final long serialVersionUID = 1L;

  private final long line;
  private final String path;
  private final String fact;

  /**
   * Creates the exception for a record on an unknown line.
   *
   * @param path the JSON path in the record
   * @param fact what is wrong, one sentence
   */
  public MalformedExampleException(String path, String fact) {
    super(path + ": " + fact, null);
    this.line = 0;
    this.path = path;
    this.fact = fact;
  }

  private MalformedExampleException(String source, long line, MalformedExampleException broken) {
    super(
        source
            + ", line "
            + line
            + " at "
            + broken.path
            + ": "
            + broken.fact
            + " Correct the line, or validate the file to see all its findings.",
        broken);
    this.line = line;
    this.path = broken.path;
    this.fact = broken.fact;
  }

  MalformedExampleException in(String source, long lineNumber) {
    return new MalformedExampleException(source, lineNumber, this);
  }

  /** Returns the line of the file, from 1; 0 if the record does not come from a file. */
  public long line() {
    return line;
  }

  /** Returns the JSON path in the record, {@code $} for the whole record. */
  public String path() {
    return path;
  }

  /** Returns what is wrong, without the place. */
  public String fact() {
    return fact;
  }

  @Override
  public Responsibility responsibility() {
    return Responsibility.CALLER;
  }
}
