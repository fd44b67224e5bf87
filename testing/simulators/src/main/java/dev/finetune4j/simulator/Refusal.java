package dev.finetune4j.simulator;

import java.io.Serial;

/** A simulated service's "no": carries the answer that says why. */
public final class Refusal extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final transient Answer answer;

  /** Makes the refusal. */
  public Refusal(Answer answer) {
    super("HTTP " + answer.status(), null, false, false);
    this.answer = answer;
  }

  /** Returns what is sent. */
  public Answer answer() {
    return answer;
  }
}
