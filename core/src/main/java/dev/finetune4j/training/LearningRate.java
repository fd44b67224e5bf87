package dev.finetune4j.training;

/** How fast weights change: providers take either the rate or a multiple of their own choice. */
public sealed interface LearningRate {

  /** Returns the number, whatever it means. */
  double value();

  /** Returns the rate itself. */
  static LearningRate absolute(double value) {
    return new Absolute(value);
  }

  /** Returns a multiple of what the provider would choose. */
  static LearningRate multiplier(double value) {
    return new Multiplier(value);
  }

  /**
   * The rate itself.
   *
   * @param value above 0
   */
  record Absolute(double value) implements LearningRate {}

  /**
   * A multiple of what the provider would choose.
   *
   * @param value above 0
   */
  record Multiplier(double value) implements LearningRate {}
}
