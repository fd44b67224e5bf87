package dev.finetune4j.dataset;

import dev.finetune4j.error.FineTuningException;
import dev.finetune4j.error.Responsibility;
import java.io.IOException;
import java.nio.file.Path;

/** A data file cannot be read or written: it is absent, locked, cut off, or the disk is full. */
public final class DataFileException extends FineTuningException {
  private static final long serialVersionUID = 1L;

  /** Makes the exception; {@code verb} says what was tried: read, write, close. */
  public DataFileException(String verb, Path file, IOException cause) {
    super("Cannot " + verb + " " + file + ": " + cause, cause);
  }

  @Override
  public Responsibility responsibility() {
    return Responsibility.CALLER;
  }
}
