package dev.finetune4j.training;

/** How the learning rate changes after the warm-up. */
public enum LearningRateSchedule {
  /** It stays. */
  CONSTANT,
  /** It falls on a straight line to zero. */
  LINEAR,
  /** It falls to zero on half a cosine wave. */
  COSINE
}
