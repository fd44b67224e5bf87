package dev.finetune4j.simulator;

import java.io.Serial;

/** Ends the handling of a request with an error response. */
public final class ErrorResponseException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final transient SimulatedResponse answer;

  /** Makes the refusal. */
  public ErrorResponseException(SimulatedResponse answer) {
    super("HTTP " + answer.status(), null, false, false);
    this.answer = answer;
  }

  /** Returns what is sent. */
  public SimulatedResponse answer() {
    return answer;
  }
}
