package dev.finetune4j.statistics;

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

  /** Returns whether {@code value} lies inside, ends included. */
  public boolean contains(double value) {
    return low <= value && value <= high;
  }

  /** Returns the length of the range. */
  public double width() {
    return high - low;
  }
}
