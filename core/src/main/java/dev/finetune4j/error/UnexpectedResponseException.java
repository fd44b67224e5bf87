package dev.finetune4j.error;

import org.jspecify.annotations.Nullable;

/**
 * The provider answered what its documents do not allow, such as broken JSON; the failure holds the
 * first KiB, secrets removed.
 */
public final class UnexpectedResponseException extends ProviderException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param failure what is known of the call, with the start of the answer
   * @param cause what was caught while reading, or null
   */
  public UnexpectedResponseException(ProviderFailure failure, @Nullable Throwable cause) {
    super(failure, cause);
  }

  @Override
  public Responsibility responsibility() {
    return Responsibility.PROVIDER;
  }
}
