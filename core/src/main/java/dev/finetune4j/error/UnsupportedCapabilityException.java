package dev.finetune4j.error;

import dev.finetune4j.ProviderId;

/** Thrown, before any request, when the provider does not support a capability. */
public final class UnsupportedCapabilityException extends FineTuningException {
  private static final long serialVersionUID = 1L;

  private final String capability;

  /**
   * Makes the exception.
   *
   * @param provider the provider
   * @param capability what it does not support, as named in its capability table
   * @param suggestion what the caller can do instead, one sentence
   */
  public UnsupportedCapabilityException(ProviderId provider, String capability, String suggestion) {
    super("Provider " + provider + " does not support " + capability + ". " + suggestion, null);
    this.capability = capability;
  }

  /** Returns what the provider does not support, as named in its capability table. */
  public String capability() {
    return capability;
  }

  @Override
  public Responsibility responsibility() {
    return Responsibility.CALLER;
  }
}
