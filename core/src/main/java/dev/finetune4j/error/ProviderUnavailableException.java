package dev.finetune4j.error;

import org.jspecify.annotations.Nullable;

/**
 * The provider did not answer, or answered that it cannot now (5xx): the same call may succeed
 * later.
 */
public final class ProviderUnavailableException extends ProviderException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param failure what is known of the call
   * @param cause the broken connection, or null if there was an answer
   */
  public ProviderUnavailableException(ProviderFailure failure, @Nullable Throwable cause) {
    super(failure, cause);
  }

  @Override
  public Responsibility responsibility() {
    return Responsibility.WAIT;
  }
}
