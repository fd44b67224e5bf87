package dev.finetune4j.statistics;

import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * How often McNemar's exact test finds a gain that is there: summed over how many of the pairs
 * happen to differ. The usual formula (Connor 1987) promises some points more than the exact test
 * keeps.
 *
 * @param gain the true difference of the pass rates, above 0
 * @param differing the true share of pairs that differ, at least {@code gain}
 * @param level the level of the two-sided test
 */
record McNemarPower(double gain, double differing, double level) {
  /** So many standard deviations around the mean hold all but a billionth. */
  private static final int REACH = 7;

  double of(int pairs) {
    double deviation = Math.sqrt(pairs * differing * (1 - differing));
    int low = (int) Math.max(0, Math.floor(pairs * differing - REACH * deviation - 1));
    int high = (int) Math.min(pairs, Math.ceil(pairs * differing + REACH * deviation + 1));
    BinomialDistribution counts = BinomialDistribution.of(pairs, differing);
    double power = 0;
    for (int count = Math.max(1, low); count <= high; count++) {
      power += counts.probability(count) * found(count);
    }
    return power;
  }

  /** Returns the chance that {@code count} pairs that differ are told from a fair coin. */
  private double found(int count) {
    BinomialDistribution coin = BinomialDistribution.of(count, 0.5);
    int lost = (int) ((count - Quantiles.normal(1 - level / 2) * Math.sqrt(count)) / 2);
    while (lost >= 0 && coin.cumulativeProbability(lost) > level / 2) {
      lost--;
    }
    while (coin.cumulativeProbability(lost + 1) <= level / 2) {
      lost++;
    }
    double losing = (1 - gain / differing) / 2;
    return lost < 0 ? 0 : BinomialDistribution.of(count, losing).cumulativeProbability(lost);
  }
}
