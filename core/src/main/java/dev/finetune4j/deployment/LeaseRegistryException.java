package dev.finetune4j.deployment;

import dev.finetune4j.error.FineTuningException;
import dev.finetune4j.error.Responsibility;
import org.jspecify.annotations.Nullable;

/** The book of leases cannot be read or written. Deployments may go on billing until it can. */
public final class LeaseRegistryException extends FineTuningException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message the fact with the file, then the cure
   * @param cause what was caught, or null
   */
  public LeaseRegistryException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  @Override
  public Responsibility responsibility() {
    return Responsibility.CALLER;
  }
}
