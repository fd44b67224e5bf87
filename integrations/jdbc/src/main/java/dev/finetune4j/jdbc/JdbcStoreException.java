package dev.finetune4j.jdbc;

import dev.finetune4j.error.FineTuningException;
import dev.finetune4j.error.Responsibility;
import org.jspecify.annotations.Nullable;

/** The tables are missing, have another version, or cannot be accessed. */
public final class JdbcStoreException extends FineTuningException {
  private static final long serialVersionUID = 1L;

  JdbcStoreException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  @Override
  public Responsibility responsibility() {
    return Responsibility.CALLER;
  }
}
