package dev.finetune4j.testkit.architecture.planted;

import dev.finetune4j.testkit.architecture.planted.workflow.Steps;

/** The ground reaches a floor. */
public final class Upward {
  private final Steps steps = new Steps();

  /** Returns something from above. */
  public Steps steps() {
    return steps;
  }
}
