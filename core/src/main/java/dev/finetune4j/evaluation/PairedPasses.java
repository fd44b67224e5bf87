package dev.finetune4j.evaluation;

import org.apache.commons.statistics.inference.BinomialTest;

/**
 * Pairs of passed or not: how many a candidate won and lost against a baseline.
 *
 * @param pairs all pairs
 * @param won pairs that only the candidate passed
 * @param lost pairs that only the baseline passed
 */
record PairedPasses(long pairs, long won, long lost) {

  /** Returns McNemar's exact two-sided p-value: the binomial test of the pairs that differ. */
  double pValue() {
    long differing = won + lost;
    if (differing == 0) {
      return 1;
    }
    return BinomialTest.withDefaults()
        .test(Math.toIntExact(differing), Math.toIntExact(won), 0.5)
        .getPValue();
  }

  /** Returns the difference of the two pass rates. */
  double difference() {
    return pairs == 0 ? 0 : (double) (won - lost) / pairs;
  }

  /**
   * Returns the interval of Agresti and Min (2005): Wald's with half a pair added to each cell. A
   * bootstrap would claim a width of zero where every pair went the same way.
   */
  Interval interval(double level) {
    double z = Interval.standardNormalQuantile(0.5 + level / 2);
    double total = pairs + 2.0;
    double gain = won - lost;
    double deviation = Math.sqrt(won + lost + 1 - gain * gain / total) / total;
    double centre = gain / total;
    return new Interval(
        Math.max(-1, centre - z * deviation), Math.min(1, centre + z * deviation), level);
  }
}
