package dev.finetune4j.error;

/**
 * The provider takes no more fine-tuning jobs from this organisation (403): its service is being
 * closed to new ones. Models that are tuned already may answer on; new ones need another provider.
 */
public final class TrainingClosedException extends ProviderException {
  private static final long serialVersionUID = 1L;
  private static final String ALTERNATIVES =
      " This organisation can no longer train here. The same data can be trained on Azure OpenAI, on"
          + " Hugging Face, or by the trainer embedded in this library.";

  /** Makes the exception from what is known of the call, and names the ways that are left. */
  public TrainingClosedException(ProviderFailure failure) {
    super(failure.withMessage(failure.message() + ALTERNATIVES), null);
  }

  @Override
  public Responsibility responsibility() {
    return Responsibility.CALLER;
  }
}
