package dev.finetune4j.decision;

import dev.finetune4j.evaluation.Comparison;
import java.util.OptionalLong;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * How many pairs settle a question with a power of 80 %: Connor's formula (1987) for passed or not,
 * the usual one for a mean of paired differences.
 */
final class SampleSize {
  private static final double POWER = 0.8;
  private static final double UNREALISTIC = 1_000_000;

  private SampleSize() {}

  /**
   * Returns the pairs that would settle {@code comparison}: find a gain as large as the one seen if
   * it is at least {@code minimumGain}, else tell the one seen from {@code minimumGain}.
   */
  static OptionalLong settling(Comparison comparison, double minimumGain, double level) {
    double seen = comparison.difference();
    double effect = seen >= minimumGain && seen > 0 ? seen : minimumGain - seen;
    double variance = variance(comparison);
    // Pass rates cannot differ by more than the share of pairs that differ.
    double possible = comparison.isPassOrFail() ? Math.max(variance, Math.abs(effect)) : variance;
    double pairs = pairs(effect, possible, level);
    if (!(pairs < UNREALISTIC)) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(Math.max(comparison.pairs() + 1, (long) Math.ceil(pairs)));
  }

  /**
   * Returns the pairs needed to find {@code effect}.
   *
   * @param variance the variance of the differences if there were no effect: for passed or not, the
   *     share of pairs that differ
   */
  static double pairs(double effect, double variance, double level) {
    if (effect == 0) {
      return Double.POSITIVE_INFINITY;
    }
    double expected = Math.max(variance, effect * effect);
    double noise = quantile(1 - level / 2) * Math.sqrt(expected);
    double miss = quantile(POWER) * Math.sqrt(Math.max(0, expected - effect * effect));
    double root = (noise + miss) / effect;
    return root * root;
  }

  /** Adds a pair to each side, so that a small set without differences does not look certain. */
  private static double variance(Comparison comparison) {
    if (comparison.isPassOrFail()) {
      return (comparison.improved() + comparison.worsened() + 1.0) / (comparison.pairs() + 2.0);
    }
    double mean = comparison.difference();
    double deviation = comparison.standardDeviation();
    return deviation * deviation + mean * mean;
  }

  private static double quantile(double probability) {
    return NormalDistribution.of(0, 1).inverseCumulativeProbability(probability);
  }
}
