package dev.finetune4j.simulator.openai;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** The metrics of a successful training: losses fall and flatten, accuracies rise. */
final class TrainingCurve {
  private static final double FIRST_LOSS = 2.1;
  private static final double LAST_LOSS = 0.25;

  private final long steps;
  private final long seed;
  private final boolean rewards;

  /**
   * Makes a curve.
   *
   * @param rewards whether the figures are those of reinforcement
   */
  TrainingCurve(long steps, long seed, boolean rewards) {
    this.steps = steps;
    this.seed = seed;
    this.rewards = rewards;
  }

  /** Returns the figures on the training data at a step. */
  Map<String, Double> training(long step) {
    double fall = fall(step, 1);
    return rewards
        ? Map.of("train_reward_mean", round(0.9 - 0.6 * fall))
        : ordered("train_loss", loss(fall), "train_mean_token_accuracy", accuracy(fall));
  }

  /** Returns the figures on a batch of the validation data at a step. */
  Map<String, Double> validation(long step) {
    double fall = fall(step, 2);
    return rewards
        ? Map.of("valid_reward_mean", round(0.85 - 0.6 * fall))
        : ordered("valid_loss", loss(fall) + 0.1, "valid_mean_token_accuracy", accuracy(fall));
  }

  /** Returns the figures on all of the validation data, as at the end of an epoch. */
  Map<String, Double> fullValidation(long step) {
    double fall = Math.exp(-4.0 * step / steps);
    return rewards
        ? Map.of("full_valid_mean_reward", round(0.85 - 0.6 * fall))
        : ordered(
            "full_valid_loss", loss(fall) + 0.1, "full_valid_mean_token_accuracy", accuracy(fall));
  }

  private double fall(long step, int salt) {
    double noise = new Random(seed * 31 + step * 7 + salt).nextGaussian();
    double smooth = Math.exp(-4.0 * step / steps);
    return Math.min(1, Math.max(0, smooth * (1 + 0.08 * noise)));
  }

  private static double loss(double fall) {
    return round(LAST_LOSS + (FIRST_LOSS - LAST_LOSS) * fall);
  }

  private static double accuracy(double fall) {
    return round(0.95 - 0.4 * fall);
  }

  private static Map<String, Double> ordered(String first, double a, String second, double b) {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put(first, round(a));
    figures.put(second, round(b));
    return figures;
  }

  private static double round(double value) {
    return Math.round(value * 1e5) / 1e5;
  }
}
