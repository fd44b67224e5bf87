package dev.finetune4j.local.internal.trainer;

import java.nio.file.Path;

/** Observes a training, in its thread, and may stop it. All methods are optional. */
public interface TrainingObserver {
  /** Returns an observer that does nothing. */
  static TrainingObserver none() {
    return new TrainingObserver() {};
  }

  /** Called after loading, before the first step. */
  default void onStart(TrainingOverview overview) {}

  /** Called after each optimiser step. */
  default void onStep(StepReport report) {}

  /** Called after the validation of an epoch. */
  default void onValidation(int step, double epoch, double loss) {}

  /** Called when a complete checkpoint is on the disk. */
  default void onCheckpoint(int step, Path folder) {}

  /** Called after each step. */
  default StopRequest shouldStop() {
    return StopRequest.NONE;
  }

  /** What an observer can request. */
  enum StopRequest {
    /** Continue. */
    NONE,
    /** Save a checkpoint and end; a later run resumes from it. */
    PAUSE,
    /** End without a result. */
    CANCEL
  }

  /**
   * What a training is about to do.
   *
   * @param firstStep steps already done; above 0 after a resume from a checkpoint
   * @param examples the number of items to train on
   * @param skippedExamples items without tokens that count in the loss
   * @param truncatedExamples items truncated to the maximum length
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
