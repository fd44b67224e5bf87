package dev.finetune4j.statistics;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Holm's correction (1979) for many tests at once: of twenty p-values, one is expected to be below
 * 0.05 by chance. Stateless and thread-safe.
 */
public final class Holm {
  private Holm() {}

  /**
   * Returns the adjusted p-values, in the given order. Rejecting every hypothesis with an adjusted
   * p-value of at most 0.05 makes any false rejection in at most one of twenty families, however
   * the tests depend on each other.
   *
   * @throws IllegalArgumentException if one is not a probability
   */
  public static double[] adjusted(double... pValues) {
    for (double value : pValues) {
      if (!(value >= 0 && value <= 1)) {
        throw new IllegalArgumentException("A p-value must be from 0 to 1, was " + value);
      }
    }
    int[] order =
        IntStream.range(0, pValues.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> pValues[i]))
            .mapToInt(i -> i)
            .toArray();
    double[] adjusted = new double[pValues.length];
    double highest = 0;
    for (int rank = 0; rank < order.length; rank++) {
      highest = Math.max(highest, Math.min(1, (order.length - rank) * pValues[order[rank]]));
      adjusted[order[rank]] = highest;
    }
    return adjusted;
  }
}
