package dev.finetune4j.error;

import dev.finetune4j.ProviderId;

/** The provider cannot do this, and says so before any request. */
public final class UnsupportedCapabilityException extends FineTuningException {
  private static final long serialVersionUID = 1L;

  private final String capability;

  /**
   * Makes the exception.
   *
   * @param provider who cannot
   * @param capability what it cannot, in the words of its capability table
   * @param suggestion what the caller can do instead, one sentence
   */
  public UnsupportedCapabilityException(ProviderId provider, String capability, String suggestion) {
    super("Provider " + provider + " does not support " + capability + ". " + suggestion, null);
    this.capability = capability;
  }

  /** Returns what the provider cannot, in the words of its capability table. */
  public String capability() {
    return capability;
  }

  @Override
  public Responsibility responsibility() {
    return Responsibility.CALLER;
  }
}
