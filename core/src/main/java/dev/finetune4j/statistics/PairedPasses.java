package dev.finetune4j.statistics;

import org.apache.commons.statistics.inference.BinomialTest;

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

  /** Returns McNemar's exact two-sided p-value: the binomial test of the pairs that differ. */
  public double pValue() {
    long differing = won + lost;
    if (differing == 0) {
      return 1;
    }
    return BinomialTest.withDefaults()
        .test(Math.toIntExact(differing), Math.toIntExact(won), 0.5)
        .getPValue();
  }

  /** Returns the difference of the two pass rates. */
  public double difference() {
    return pairs == 0 ? 0 : (double) (won - lost) / pairs;
  }

  /**
   * Returns the interval of Agresti and Min (2005): Wald's with half a pair added to each cell. A
   * bootstrap would claim a width of zero where every pair went the same way.
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
    double z = Quantiles.normal(0.5 + level / 2);
    double total = pairs + 2;
    double gain = won - lost;
    double deviation = Math.sqrt(won + lost + 1 - gain * gain / total) / total;
    double centre = gain / total;
    return new Interval(
        Math.max(-1, centre - z * deviation), Math.min(1, centre + z * deviation), level);
  }
}
