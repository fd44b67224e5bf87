package dev.finetune4j.local.internal.trainer;

import java.nio.file.Path;

/**
 * Hears from a training as it goes, in the thread that runs it, and may stop it. Every method may
 * be left out.
 */
public interface TrainingObserver {
  /** One that hears and says nothing. */
  static TrainingObserver none() {
    return new TrainingObserver() {};
  }

  /** Everything is loaded; the first step follows. */
  default void onStart(TrainingOverview overview) {}

  /** One optimiser step was taken. */
  default void onStep(StepReport report) {}

  /** The validation items were measured after an epoch. */
  default void onValidation(int step, double epoch, double loss) {}

  /** A checkpoint is on the disk, whole. */
  default void onCheckpoint(int step, Path folder) {}

  /** Asked after every step. */
  default StopRequest shouldStop() {
    return StopRequest.NONE;
  }

  /** What an observer may ask for. */
  enum StopRequest {
    /** Continue. */
    NONE,
    /** Save a checkpoint and end; a later run resumes from it. */
    PAUSE,
    /** End without a result. */
    CANCEL
  }

  /**
   * What is going to happen.
   *
   * @param firstStep steps already done, above 0 where a checkpoint was found
   * @param examples items that will be learnt from
   * @param skippedExamples items left out since none of their tokens counts in the loss
   * @param truncatedExamples items cut to the longest allowed sequence
   */
  record TrainingOverview(
      int firstStep,
      int totalSteps,
      long trainableParameters,
      long totalParameters,
      int examples,
      int skippedExamples,
      int truncatedExamples) {}

  /**
   * What one step did.
   *
   * @param step steps done, this one included
   * @param epoch epochs done, with a fraction
   * @param loss the mean over the step's trained tokens, or over its pairs
   * @param processedTokens tokens of all steps so far, padding not counted
   * @param tokensPerSecond since this run began or resumed
   */
  record StepReport(
      int step,
      int totalSteps,
      double epoch,
      double loss,
      double learningRate,
      long processedTokens,
      double tokensPerSecond) {}
}
