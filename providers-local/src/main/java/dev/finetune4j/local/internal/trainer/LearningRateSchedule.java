package dev.finetune4j.local.internal.trainer;

/** How the learning rate changes after a linear warm-up from zero. */
public enum LearningRateSchedule {
  /** Stays constant. */
  CONSTANT,
  /** Falls linearly to zero. */
  LINEAR,
  /** Falls to zero along half a cosine. */
  COSINE;

  /**
   * Returns the factor for one step.
   *
   * @param step the step about to be taken, counted from 0
   * @param warmUpSteps the steps in which the rate rises; the first is already above zero
   */
  double factor(int step, int warmUpSteps, int totalSteps) {
    if (step < warmUpSteps) {
      return (step + 1.0) / (warmUpSteps + 1.0);
    }
    double progress = (step - warmUpSteps) / (double) Math.max(1, totalSteps - warmUpSteps);
    return switch (this) {
      case CONSTANT -> 1;
      case LINEAR -> 1 - progress;
      case COSINE -> 0.5 * (1 + Math.cos(Math.PI * progress));
    };
  }
}
