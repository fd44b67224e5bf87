package dev.finetune4j.catalog;

import dev.finetune4j.error.FineTuningException;
import dev.finetune4j.error.Responsibility;
import org.jspecify.annotations.Nullable;

/** A catalog file is not what it should be; the message names the entry and the member. */
public final class CatalogFormatException extends FineTuningException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message the place and a suggestion
   * @param cause what was caught, or null
   */
  public CatalogFormatException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  @Override
  public Responsibility responsibility() {
    return Responsibility.CALLER;
  }
}
