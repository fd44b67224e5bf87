package dev.finetune4j.dataset;

import dev.finetune4j.error.FineTuningException;
import dev.finetune4j.error.Responsibility;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Thrown when a data file cannot be read or written: it is missing, locked or truncated, or the
 * disk is full.
 */
public final class DataFileException extends FineTuningException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception; {@code verb} says what was attempted: read, write or close. */
  public DataFileException(String verb, Path file, IOException cause) {
    super("Cannot " + verb + " " + file + ": " + cause, cause);
  }

  @Override
  public Responsibility responsibility() {
    return Responsibility.CALLER;
  }
}
