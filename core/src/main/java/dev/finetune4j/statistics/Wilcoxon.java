package dev.finetune4j.statistics;

import java.util.Arrays;
import org.apache.commons.statistics.inference.ContinuityCorrection;
import org.apache.commons.statistics.inference.PValueMethod;
import org.apache.commons.statistics.inference.WilcoxonSignedRankTest;

/**
 * Wilcoxon's signed rank test of paired differences: it looks at the order of the differences only,
 * so that a few wild ones do not decide. Differences of 0 are left out, as Wilcoxon did; of groups
 * it sees the means. Exact up to 20 differences and, without ties, up to 50; above that the normal
 * approximation with the correction for ties. Thread-safe: it holds no state.
 */
public final class Wilcoxon {
  private static final int EXACT_WITHOUT_TIES = 50;
  private static final int EXACT_WITH_TIES = 20;

  private Wilcoxon() {}

  /** Returns the two-sided p-value; 1 if nothing differs. */
  public static double pValue(GroupedValues differences) {
    double[] some =
        Arrays.stream(differences.groupMeans()).filter(difference -> difference != 0).toArray();
    if (some.length == 0) {
      return 1;
    }
    double[] ranks = signedRanks(some);
    boolean ties = hasTies(ranks);
    if (ties && some.length <= EXACT_WITH_TIES) {
      return SignFlip.ofTotals(ranks);
    }
    boolean exact = !ties && some.length <= EXACT_WITHOUT_TIES;
    return WilcoxonSignedRankTest.withDefaults()
        .with(exact ? PValueMethod.EXACT : PValueMethod.ASYMPTOTIC)
        .with(ContinuityCorrection.DISABLED)
        .test(ranks)
        .getPValue();
  }

  /**
   * Returns the rank of each distance from 0, with its sign; ties share the mean of their ranks.
   */
  private static double[] signedRanks(double[] differences) {
    double unit = Arrays.stream(differences).map(Math::abs).max().orElse(1) * 1e-12;
    double[] sorted = Arrays.stream(differences).map(it -> distance(it, unit)).sorted().toArray();
    double[] ranks = new double[differences.length];
    for (int i = 0; i < ranks.length; i++) {
      double distance = distance(differences[i], unit);
      int first = Arrays.binarySearch(sorted, distance);
      int last = first;
      while (first > 0 && sorted[first - 1] == distance) {
        first--;
      }
      while (last + 1 < sorted.length && sorted[last + 1] == distance) {
        last++;
      }
      ranks[i] = Math.copySign((first + last) / 2.0 + 1, differences[i]);
    }
    return ranks;
  }

  /** Rounds, so that 0.3 - 0.2 and 0.2 - 0.1 are a tie. */
  private static double distance(double difference, double unit) {
    return Math.rint(Math.abs(difference) / unit);
  }

  private static boolean hasTies(double[] ranks) {
    return Arrays.stream(ranks).map(Math::abs).distinct().count() < ranks.length;
  }
}
