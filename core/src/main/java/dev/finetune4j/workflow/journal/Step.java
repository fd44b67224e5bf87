package dev.finetune4j.workflow.journal;

import java.util.Optional;

/** The steps of a run, in their order. */
public enum Step {
  /** All data is checked; nothing is sent. */
  VALIDATE,
  /** The cost is estimated and held against the ceiling. */
  ESTIMATE,
  /** The alternatives to fine-tuning are measured. */
  BASELINE,
  /** The data is uploaded and one job is made. From here on it costs. */
  SUBMIT,
  /** The job is followed to its end. */
  AWAIT,
  /** The tuned model is made to answer. From here on it may cost by the hour. */
  DEPLOY,
  /** The tuned model is measured on the same samples as the alternatives. */
  EVALUATE,
  /** Quality, cost and lifetime become a decision. */
  DECIDE,
  /** What passed is kept, what did not is deleted. */
  SETTLE;

  /** Returns the step after this one, empty after the last. */
  public Optional<Step> next() {
    Step[] steps = values();
    for (int i = 0; i < steps.length - 1; i++) {
      if (steps[i] == this) {
        return Optional.of(steps[i + 1]);
      }
    }
    return Optional.empty();
  }
}
