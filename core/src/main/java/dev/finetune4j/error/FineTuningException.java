package dev.finetune4j.error;

import org.jspecify.annotations.Nullable;

/**
 * The root of every exception that this library throws on purpose (beside {@link
 * IllegalArgumentException} for a value that could never be right). Messages say what is wrong and
 * what to do, and never contain a secret.
 */
public abstract class FineTuningException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception.
   *
   * @param message what is wrong and what to do
   * @param cause what was caught, or null
   */
  protected FineTuningException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** Returns who must act before the same call can succeed. */
  public abstract Responsibility responsibility();

  /** Returns whether the same call, unchanged, may succeed later. */
  public boolean isRetryable() {
    return responsibility() == Responsibility.WAIT;
  }
}
