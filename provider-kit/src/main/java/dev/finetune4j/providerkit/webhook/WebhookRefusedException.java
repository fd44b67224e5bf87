package dev.finetune4j.providerkit.webhook;

import dev.finetune4j.error.FineTuningException;
import dev.finetune4j.error.Responsibility;

/**
 * A webhook cannot be trusted: unsigned, signed with another secret, or too old. Answer it with
 * status 400 and do nothing. The message holds neither secret nor signature.
 */
public final class WebhookRefusedException extends FineTuningException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message the fact, then the cure
   */
  public WebhookRefusedException(String message) {
    super(message, null);
  }

  @Override
  public Responsibility responsibility() {
    return Responsibility.CALLER;
  }
}
