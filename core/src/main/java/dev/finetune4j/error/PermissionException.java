package dev.finetune4j.error;

/**
 * The credentials are good but do not allow this call (403), or a quota or bill stands against it.
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
