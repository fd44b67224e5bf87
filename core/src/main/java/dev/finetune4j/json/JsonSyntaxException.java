package dev.finetune4j.json;

import dev.finetune4j.error.FineTuningException;
import dev.finetune4j.error.Responsibility;

/** The text is not JSON, or not the JSON that was asked for. */
public final class JsonSyntaxException extends FineTuningException {
  private static final long serialVersionUID = 1L;

  private final String path;

  /** Makes the exception; the message names the place. */
  public JsonSyntaxException(String message) {
    this(message, "$");
  }

  /** Makes the exception with the JSON path of the place; the message need not repeat it. */
  public JsonSyntaxException(String message, String path) {
    super(message, null);
    this.path = path;
  }

  /** Returns the JSON path of the value that could not be read, {@code $} if it is not known. */
  public String path() {
    return path;
  }

  @Override
  public Responsibility responsibility() {
    return Responsibility.CALLER;
  }
}
