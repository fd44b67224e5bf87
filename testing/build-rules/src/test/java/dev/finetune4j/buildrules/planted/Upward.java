package dev.finetune4j.buildrules.planted;

import dev.finetune4j.buildrules.planted.workflow.Steps;

/** The ground reaches a floor. */
public final class Upward {
  private final Steps steps = new Steps();

  /** Returns something from above. */
  public Steps steps() {
    return steps;
  }
}
