package dev.finetune4j.error;

/**
 * Thrown when the credentials are valid but do not permit this call (403), or a quota or an unpaid
 * bill prevents it.
 */
public final class PermissionException extends ProviderException {
  private static final long serialVersionUID = 1L;

  /** Makes the exception from what is known of the call. */
  public PermissionException(ProviderFailure failure) {
    super(failure, null);
  }

  @Override
  public Responsibility responsibility() {
    return Responsibility.CREDENTIALS;
  }
}
