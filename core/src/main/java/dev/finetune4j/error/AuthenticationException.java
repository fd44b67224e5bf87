package dev.finetune4j.error;

/** Thrown when the provider rejects the credentials (401): a key is missing, wrong or expired. */
public final class AuthenticationException extends ProviderException {
  private static final long serialVersionUID = 1L;

  /** Makes the exception from what is known of the call. */
  public AuthenticationException(ProviderFailure failure) {
    super(failure, null);
  }

  @Override
  public Responsibility responsibility() {
    return Responsibility.CREDENTIALS;
  }
}
