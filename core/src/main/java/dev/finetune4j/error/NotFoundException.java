package dev.finetune4j.error;

/** The provider knows nothing under this id or name (404), or no longer (410). */
public final class NotFoundException extends ProviderException {
  private static final long serialVersionUID = 1L;

  /** Makes the exception from what is known of the call. */
  public NotFoundException(ProviderFailure failure) {
    super(failure, null);
  }

  @Override
  public Responsibility responsibility() {
    return Responsibility.CALLER;
  }
}
