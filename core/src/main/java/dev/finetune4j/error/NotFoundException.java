package dev.finetune4j.error;

/** Thrown when nothing with this id or name exists (404), or no longer exists (410). */
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
