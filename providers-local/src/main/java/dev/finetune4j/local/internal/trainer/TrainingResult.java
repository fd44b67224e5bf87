package dev.finetune4j.local.internal.trainer;

import java.util.OptionalDouble;

/**
 * How a training ended. Immutable.
 *
 * @param steps optimiser steps done in all, those before a resume included
 * @param trainingLoss the loss of the last step
 * @param validationLoss the last, or with early stop the best, loss on the validation items
 * @param processedTokens tokens of all steps, padding not counted
 */
public record TrainingResult(
    Outcome outcome,
    int steps,
    double trainingLoss,
    OptionalDouble validationLoss,
    long processedTokens) {
  /** The ways to end. */
  public enum Outcome {
    /** All steps done; the output is written. */
    COMPLETED,
    /** The validation loss stopped improving; the best weights are written. */
    STOPPED_EARLY,
    /** A checkpoint is written, no output. */
    PAUSED,
    /** Nothing was written. */
    CANCELLED
  }
}
