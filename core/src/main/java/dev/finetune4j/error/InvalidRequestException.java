package dev.finetune4j.error;

/**
 * The provider refused the request as it stands (400, 409, 422): it must change before it can
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
