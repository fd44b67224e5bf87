package dev.finetune4j.workflow;

import dev.finetune4j.error.FineTuningException;
import dev.finetune4j.error.Responsibility;
import dev.finetune4j.evaluation.MissingSamples;

/**
 * More than half of a baseline's samples have no grade, so that no verdict could follow: the run
 * stopped before it submitted a job. A later start asks the failed samples again.
 */
public final class BaselineNotMeasuredException extends FineTuningException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception from what is missing. */
  public BaselineNotMeasuredException(MissingSamples missing) {
    super(
        "The baseline \"%s\" could not be measured: %d of %d samples have no grade: %s. No job was submitted. Remove the cause and start the run again: failed samples are asked again."
            .formatted(
                missing.alternative(), missing.count(), missing.samples(), missing.reasons()),
        null);
  }

  @Override
  public Responsibility responsibility() {
    return Responsibility.CALLER;
  }
}
