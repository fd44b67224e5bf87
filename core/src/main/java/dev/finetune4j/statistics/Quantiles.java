package dev.finetune4j.statistics;

import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/** Places on the curves that every interval asks for. */
final class Quantiles {
  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  private Quantiles() {}

  static double normal(double probability) {
    return NORMAL.inverseCumulativeProbability(probability);
  }

  static double normalShare(double place) {
    return NORMAL.cumulativeProbability(place);
  }

  static double student(double probability, double degreesOfFreedom) {
    return TDistribution.of(degreesOfFreedom).inverseCumulativeProbability(probability);
  }

  /** Returns the quantile of sorted values, linear between neighbours. */
  static double ofSorted(double[] sorted, double probability) {
    double place = probability * (sorted.length - 1);
    int below = (int) Math.floor(place);
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}
