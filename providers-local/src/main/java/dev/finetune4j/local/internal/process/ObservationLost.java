package dev.finetune4j.local.internal.process;

import java.io.IOException;
import java.util.Objects;

/** Carries a failed write through the engine, whose observers throw nothing checked. */
final class ObservationLost extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ObservationLost(IOException cause) {
    super(cause);
  }

  @Override
  public synchronized IOException getCause() {
    return (IOException) Objects.requireNonNull(super.getCause());
  }
}
