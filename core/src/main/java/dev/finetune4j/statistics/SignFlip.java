package dev.finetune4j.statistics;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The paired permutation test: if two models are equally good, each difference could as well have
 * the other sign. The signs of whole groups are flipped together. Exact, by all combinations, up to
 * 20 groups that differ; above that 10,000 draws with a fixed seed, and the observed order counted
 * as one more. Thread-safe: it holds no state.
 */
public final class SignFlip {
  private static final int DRAWS = 10_000;
  private static final int EXACT_UP_TO = 20;
  private static final long SEED = 20_261_123;
  private static final double ROUNDING = 1e-11;

  private SignFlip() {}

  /** Returns the two-sided p-value of the hypothesis that nothing differs; 1 if nothing does. */
  public static double pValue(GroupedValues differences) {
    return ofTotals(differences.groupTotals());
  }

  static double ofTotals(double[] totals) {
    double[] some = Arrays.stream(totals).filter(value -> value != 0).toArray();
    if (some.length == 0) {
      return 1;
    }
    double size = Arrays.stream(some).map(Math::abs).sum();
    double observed = Math.abs(GroupedValues.sum(some)) - ROUNDING * size;
    return some.length <= EXACT_UP_TO ? exact(some, observed) : drawn(some, observed);
  }

  /**
   * Goes through the combinations in Gray's order, where each differs by one sign from the last.
   */
  private static double exact(double[] differences, double observed) {
    // A combination and its mirror image are equally extreme: the last sign stays.
    int half = 1 << (differences.length - 1);
    boolean[] flipped = new boolean[differences.length];
    double sum = GroupedValues.sum(differences);
    int asExtreme = Math.abs(sum) >= observed ? 1 : 0;
    for (int step = 1; step < half; step++) {
      int place = Integer.numberOfTrailingZeros(step);
      sum += (flipped[place] ? 2 : -2) * differences[place];
      flipped[place] = !flipped[place];
      asExtreme += Math.abs(sum) >= observed ? 1 : 0;
    }
    return (double) asExtreme / half;
  }

  private static double drawn(double[] differences, double observed) {
    SplittableRandom random = new SplittableRandom(SEED);
    int asExtreme = 0;
    for (int draw = 0; draw < DRAWS; draw++) {
      double sum = 0;
      long signs = 0;
      for (int i = 0; i < differences.length; i++) {
        signs = i % Long.SIZE == 0 ? random.nextLong() : signs >>> 1;
        sum += (1 - 2 * (signs & 1)) * differences[i];
      }
      asExtreme += Math.abs(sum) >= observed ? 1 : 0;
    }
    // Counting the observed order as one draw keeps the p-value above 0 and the test valid.
    return (asExtreme + 1.0) / (DRAWS + 1.0);
  }
}
