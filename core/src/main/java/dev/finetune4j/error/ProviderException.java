package dev.finetune4j.error;

import org.jspecify.annotations.Nullable;

/** Thrown when a provider rejects a call, does not answer it or answers unexpectedly. */
public abstract class ProviderException extends FineTuningException {
  private static final long serialVersionUID = 1L;

  private final ProviderFailure failure;

  /**
   * Makes an exception from the evidence.
   *
   * @param failure what is known of the call
   * @param cause what was caught, or null
   */
  protected ProviderException(ProviderFailure failure, @Nullable Throwable cause) {
    super(failure.toString(), cause);
    this.failure = failure;
  }

  /** Returns what is known of the call. */
  public final ProviderFailure failure() {
    return failure;
  }
}
