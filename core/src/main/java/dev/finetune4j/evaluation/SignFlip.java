package dev.finetune4j.evaluation;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The paired permutation test: if two alternatives are alike, each difference could as well have
 * the other sign. 10,000 draws with a fixed seed; exact where there are at most 13 differences.
 */
final class SignFlip {
  private static final int DRAWS = 10_000;
  private static final int EXACT_UP_TO = 13;
  private static final long SEED = 20_261_123;
  private static final double ROUNDING = 1e-12;

  private SignFlip() {}

  /** Returns the two-sided p-value of the sum of {@code differences}. */
  static double pValue(double[] differences) {
    double[] some = Arrays.stream(differences).filter(value -> value != 0).toArray();
    if (some.length == 0) {
      return 1;
    }
    return some.length <= EXACT_UP_TO ? exact(some) : drawn(some);
  }

  private static double exact(double[] differences) {
    double observed = Math.abs(sum(differences)) - ROUNDING;
    int all = 1 << differences.length;
    int asExtreme = 0;
    for (int signs = 0; signs < all; signs++) {
      double sum = 0;
      for (int i = 0; i < differences.length; i++) {
        sum += (signs >> i & 1) == 0 ? differences[i] : -differences[i];
      }
      if (Math.abs(sum) >= observed) {
        asExtreme++;
      }
    }
    return (double) asExtreme / all;
  }

  private static double drawn(double[] differences) {
    double observed = Math.abs(sum(differences)) - ROUNDING;
    SplittableRandom random = new SplittableRandom(SEED);
    int asExtreme = 0;
    for (int draw = 0; draw < DRAWS; draw++) {
      double sum = 0;
      for (double difference : differences) {
        sum += random.nextBoolean() ? difference : -difference;
      }
      if (Math.abs(sum) >= observed) {
        asExtreme++;
      }
    }
    // Counting the observed order as one draw keeps the p-value above 0 and the test valid.
    return (asExtreme + 1.0) / (DRAWS + 1.0);
  }

  private static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }
}
