package dev.finetune4j.statistics;

import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * Independent pairs of passed or not: how many the compared model won and lost against a baseline.
 * Immutable and thread-safe.
 *
 * @param pairs all pairs
 * @param won pairs that only the compared model passed
 * @param lost pairs that only the baseline passed
 */
public record PairedPasses(long pairs, long won, long lost) {

  /** Checks that no count is negative and that no more pairs differ than there are. */
  public PairedPasses {
    if (won < 0 || lost < 0 || won + lost > pairs) {
      throw new IllegalArgumentException(
          "Invalid counts: " + won + " won and " + lost + " lost of " + pairs + " pairs.");
    }
  }

  /** Returns McNemar's exact two-sided p-value: twice the smaller tail, at most 1. */
  public double pValue() {
    int differing = Math.toIntExact(won + lost);
    int fewer = (int) Math.min(won, lost);
    return differing == 0
        ? 1
        : Math.min(1, 2 * BinomialDistribution.of(differing, 0.5).cumulativeProbability(fewer));
  }

  /** Returns the difference of the two pass rates. */
  public double difference() {
    return pairs == 0 ? 0 : (double) (won - lost) / pairs;
  }

  /**
   * Returns the score interval of Tango (1998) for the difference, corrected for continuity by half
   * a pair. It contains the true difference often enough also for few pairs and if all agree, and a
   * candidate that is worse by exactly a margin seldom seems better than that. From -1 to 1 without
   * pairs.
   */
  public Interval interval(double level) {
    return interval((double) won, (double) lost, (double) pairs, level);
  }

  /**
   * Returns the same interval for pairs in groups, as wide as that of {@link
   * GroupedValues#effectiveSize} independent pairs.
   *
   * @param differences 1 for a pair that only the compared model passed, -1 for one that only the
   *     baseline passed, else 0
   */
  public static Interval interval(GroupedValues differences, double level) {
    double won = 0;
    double lost = 0;
    for (double difference : differences.values()) {
      won += difference > 0 ? 1 : 0;
      lost += difference < 0 ? 1 : 0;
    }
    double pairs = differences.effectiveSize(level);
    double scale = differences.size() == 0 ? 1 : pairs / differences.size();
    return interval(won * scale, lost * scale, pairs, level);
  }

  private static Interval interval(double won, double lost, double pairs, double level) {
    if (pairs == 0) {
      return new Interval(-1, 1, level);
    }
    double z = Quantiles.normal(0.5 + level / 2);
    return new Interval(lowest(won, lost, pairs, z), -lowest(lost, won, pairs, z), level);
  }

  /** Returns the least difference that these counts do not exceed significantly. */
  private static double lowest(double won, double lost, double pairs, double z) {
    double low = -1;
    double high = (won - lost) / pairs;
    while (high - low > 1e-12) {
      double middle = (low + high) / 2;
      if (score(won, lost, pairs, middle) > z) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * Returns how many standard errors the counts lie above {@code difference}, at least 0, where the
   * standard error is that under the hypothesis of this difference.
   */
  static double score(double won, double lost, double pairs, double difference) {
    double excess = won - lost - pairs * difference - 0.5;
    if (excess <= 0) {
      return 0;
    }
    double twice = 2 * pairs;
    double linear = (twice - won + lost) * difference - won - lost;
    double constant = -lost * difference * (1 - difference);
    double root = Math.sqrt(Math.max(0, linear * linear - 4 * twice * constant));
    double losing = Math.max(0, (root - linear) / (2 * twice));
    double variance = pairs * (2 * losing + difference * (1 - difference));
    return variance <= 0 ? Double.POSITIVE_INFINITY : excess / Math.sqrt(variance);
  }
}
