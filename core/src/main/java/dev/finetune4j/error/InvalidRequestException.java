package dev.finetune4j.error;

/**
 * Thrown when the provider rejects a request (400, 409, 422): the request must change before it can
 * succeed.
 */
public final class InvalidRequestException extends ProviderException {
  private static final long serialVersionUID = 1L;

  /** Makes the exception from what is known of the call. */
  public InvalidRequestException(ProviderFailure failure) {
    super(failure, null);
  }

  @Override
  public Responsibility responsibility() {
    return Responsibility.CALLER;
  }
}
