package dev.finetune4j.evaluation;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The percentile bootstrap of a mean: 10,000 draws with a fixed seed, so that equal data give equal
 * intervals.
 */
final class Bootstrap {
  private static final int DRAWS = 10_000;
  private static final long SEED = 20_261_122;

  private Bootstrap() {}

  /** Returns the interval of the mean of {@code values}; from 0 to 0 if there are none. */
  static Interval ofMean(double[] values, double level) {
    if (values.length == 0) {
      return new Interval(0, 0, level);
    }
    SplittableRandom random = new SplittableRandom(SEED);
    double[] means = new double[DRAWS];
    for (int draw = 0; draw < DRAWS; draw++) {
      double sum = 0;
      for (int i = 0; i < values.length; i++) {
        sum += values[random.nextInt(values.length)];
      }
      means[draw] = sum / values.length;
    }
    Arrays.sort(means);
    double tail = (1 - level) / 2;
    return new Interval(quantile(means, tail), quantile(means, 1 - tail), level);
  }

  /** Returns the quantile of sorted values, linear between neighbours. */
  private static double quantile(double[] sorted, double probability) {
    double place = probability * (sorted.length - 1);
    int below = (int) Math.floor(place);
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}
