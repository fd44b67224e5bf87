package dev.finetune4j.deployment;

import dev.finetune4j.error.FineTuningException;
import dev.finetune4j.error.Responsibility;
import org.jspecify.annotations.Nullable;

/** The lease registry cannot be read or written. Deployments may keep billing until it can. */
public final class LeaseRegistryException extends FineTuningException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what failed and where, and what to do
   * @param cause the cause, or null
   */
  public LeaseRegistryException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  @Override
  public Responsibility responsibility() {
    return Responsibility.CALLER;
  }
}
