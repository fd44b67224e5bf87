package dev.finetune4j.statistics;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Holm's correction (1979) for many tests at once: whoever looks at twenty p-values finds one below
 * 0.05 by chance. Thread-safe: it holds no state.
 */
public final class Holm {
  private Holm() {}

  /**
   * Returns the adjusted p-values, in the order given: calling out each that is at most 0.05 is
   * wrong in any of them at most once in twenty families, however the tests depend on one another.
   *
   * @throws IllegalArgumentException if one is not a probability
   */
  public static double[] adjusted(double... pValues) {
    for (double value : pValues) {
      if (!(value >= 0 && value <= 1)) {
        throw new IllegalArgumentException("A p-value lies between 0 and 1, not at " + value);
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
