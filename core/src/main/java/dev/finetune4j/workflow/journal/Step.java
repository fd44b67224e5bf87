package dev.finetune4j.workflow.journal;

import java.util.List;
import java.util.Optional;

/** The steps of a run, in order. */
public enum Step {
  /** Checks all data. Sends nothing. */
  VALIDATE,
  /** Estimates the cost and compares it with the limit. */
  ESTIMATE,
  /** Evaluates the baselines. */
  BASELINE,
  /** Uploads the data and creates one job, which costs money. */
  SUBMIT,
  /** Waits for the end of the job. */
  AWAIT,
  /** Deploys the tuned model, which may cost money by the hour. */
  DEPLOY,
  /** Evaluates the tuned model on the same data as the baselines. */
  EVALUATE,
  /** Decides by quality, cost and lifetime. */
  DECIDE,
  /** Keeps the deployment of a chosen model, and deletes the deployment of any other. */
  SETTLE;

  /** Returns the next step; empty after the last. */
  public Optional<Step> next() {
    List<Step> steps = List.of(values());
    int next = steps.indexOf(this) + 1;
    return next < steps.size() ? Optional.of(steps.get(next)) : Optional.empty();
  }
}
