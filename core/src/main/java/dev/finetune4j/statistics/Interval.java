package dev.finetune4j.statistics;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.BetaDistribution;

/**
 * A range that contains the true value with a given confidence. Immutable and thread-safe.
 *
 * @param low the lower end
 * @param high the upper end, at least {@code low}
 * @param level the confidence, above 0 and below 1: 0.95 means that 19 of 20 such ranges contain
 *     the true value
 */
public record Interval(double low, double high, double level) {

  /** The default confidence. */
  public static final double USUAL_LEVEL = 0.95;

  private static final int FEW_GROUPS = 20;

  /** Checks the order of the ends and the range of the level. */
  public Interval {
    if (!(low <= high)) {
      throw new IllegalArgumentException("low must not be above high, was " + low + " and " + high);
    }
    if (!(level > 0 && level < 1)) {
      throw new IllegalArgumentException("level must be between 0 and 1, was " + level);
    }
  }

  /**
   * Returns Wilson's score interval for a share: {@code passed} of {@code samples}. With no sample
   * it is the whole range from 0 to 1.
   */
  public static Interval wilson(long passed, long samples, double level) {
    if (passed < 0 || passed > samples) {
      throw new IllegalArgumentException("passed must be from 0 to " + samples + ", was " + passed);
    }
    if (samples == 0) {
      return new Interval(0, 1, level);
    }
    Interval interval = wilson((double) passed / samples, (double) samples, level);
    return new Interval(
        passed == 0 ? 0 : interval.low, passed == samples ? 1 : interval.high, level);
  }

  /**
   * Returns Wilson's interval for passes in groups, as wide as that of {@link
   * GroupedValues#effectiveSize} independent ones.
   *
   * @param passes 1 for passed, 0 for not
   */
  public static Interval wilson(GroupedValues passes, double level) {
    if (!passes.isGrouped()) {
      return wilson(Math.round(passes.mean() * passes.size()), passes.size(), level);
    }
    return wilson(passes.mean(), passes.effectiveSize(level), level);
  }

  private static Interval wilson(double share, double samples, double level) {
    double z = Quantiles.normal(0.5 + level / 2);
    double spread = z * z / samples;
    double centre = (share + spread / 2) / (1 + spread);
    double half =
        z * Math.sqrt(share * (1 - share) / samples + spread / (4 * samples)) / (1 + spread);
    return new Interval(Math.max(0, centre - half), Math.min(1, centre + half), level);
  }

  /**
   * Returns the interval of Clopper and Pearson (1934) for a share, which contains the true share
   * at least as often as {@code level} says, also for few samples and shares near 0 and 1. With
   * values in groups it is as wide as that of {@link GroupedValues#effectiveSize} independent ones
   * (Korn and Graubard 1998). From 0 to 1 without values.
   *
   * @param passes 1 for passed, 0 for not
   */
  public static Interval exact(GroupedValues passes, double level) {
    double samples = passes.effectiveSize(level);
    double passed = samples * passes.mean();
    double failed = samples - passed;
    double tail = (1 - level) / 2;
    double low =
        passed <= 0
            ? 0
            : BetaDistribution.of(passed, failed + 1).inverseCumulativeProbability(tail);
    double high =
        failed <= 0 ? 1 : BetaDistribution.of(passed + 1, failed).inverseSurvivalProbability(tail);
    return new Interval(low, high, level);
  }

  /** Returns {@link #exact(GroupedValues, double)} for independent samples. */
  public static Interval exact(long passed, long samples, double level) {
    double[] passes = new double[Math.toIntExact(samples)];
    Arrays.fill(passes, 0, Math.toIntExact(passed), 1);
    return exact(GroupedValues.independent(passes), level);
  }

  /**
   * Returns an interval of the mean of scores: it reaches as far as Student's interval with the
   * jackknife's standard error over groups, and as far as the bootstrap's ({@link
   * Bootstrap#biasCorrected}). Either alone is too narrow for some skewed scores. Below 20 groups
   * Student's degrees of freedom are halved. From 0 to 0 without values.
   */
  public static Interval ofMean(GroupedValues scores, double level) {
    Interval drawn = Bootstrap.biasCorrected(scores, level);
    int groups = scores.groups();
    if (groups < 2) {
      return drawn;
    }
    double degrees = groups < FEW_GROUPS ? Math.max(1, (groups - 1) / 2.0) : groups - 1.0;
    double half = Quantiles.student(0.5 + level / 2, degrees) * scores.jackknifeError();
    double mean = scores.mean();
    return new Interval(Math.min(drawn.low, mean - half), Math.max(drawn.high, mean + half), level);
  }

  /** Returns whether {@code value} lies inside, ends included. */
  public boolean contains(double value) {
    return low <= value && value <= high;
  }

  /** Returns the length of the range. */
  public double width() {
    return high - low;
  }
}
