package dev.finetune4j.internal.json;

import dev.finetune4j.error.FineTuningException;
import dev.finetune4j.error.Responsibility;

/** The text is not JSON, or not the JSON that was asked for. */
public final class JsonSyntaxException extends FineTuningException {
  private static final long serialVersionUID = 1L;

  /** Makes the exception; the message names the place. */
  public JsonSyntaxException(String message) {
    super(message, null);
  }

  @Override
  public Responsibility responsibility() {
    return Responsibility.CALLER;
  }
}
