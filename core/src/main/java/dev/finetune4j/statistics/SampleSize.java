package dev.finetune4j.statistics;

import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * How many test examples a question needs, worked out before anything is spent. Immutable and
 * thread-safe; no I/O.
 *
 * <pre>{@code
 * SampleSize plan = SampleSize.forPassRate(0.70);
 * plan.toDetect(0.05);    // test examples that find a gain of 5 points four times of five: 1,294
 * plan.detectable(200);   // the least gain that 200 test examples find as surely: 0.124
 * }</pre>
 *
 * <p>For passed or not, up to 500 pairs, the power is that of McNemar's exact test; above, that of
 * the normal approximation (Connor 1987) corrected for continuity, which claims a little less; for
 * scores that of the normal approximation with the variance around 0 that the permutation test
 * sees. Unless set otherwise, a gain is to be found with a power of 0.8 at a two-sided level of
 * 0.05.
 */
public final class SampleSize {
  /** The number of examples above which a test set is considered unrealistic. */
  public static final long UNREALISTIC = 1_000_000;

  private static final int EXACT_UP_TO = 500;

  private final boolean passes;

  /** The variance of a difference around 0, for a gain. */
  private final DoubleUnaryOperator variance;

  private final double most;
  private final Demand demand;

  /**
   * How sure the answer must be.
   *
   * @param power the chance to find a gain that is there
   * @param level the chance to find one that is not
   */
  private record Demand(double power, double level) {
    static final Demand USUAL = new Demand(0.8, 0.05);
  }

  private SampleSize(boolean passes, DoubleUnaryOperator variance, double most, Demand demand) {
    this.passes = passes;
    this.variance = variance;
    this.most = most;
    this.demand = demand;
  }

  /**
   * Starts with passed or not, where nothing is known but the pass rate of the baseline: the two
   * are taken to fail independently. Real models mostly fail on the same examples and need fewer.
   *
   * @param baseline the pass rate, from 0 to 1
   */
  public static SampleSize forPassRate(double baseline) {
    requireShare("baseline", baseline);
    return passes(
        gain -> baseline * (1 - baseline - gain) + (baseline + gain) * (1 - baseline),
        1 - baseline);
  }

  /**
   * Starts with passed or not, where it is known, say from a first try, how often the two differ.
   *
   * @param differing the share of examples that one passes and the other does not, from 0 to 1
   */
  public static SampleSize forPasses(double differing) {
    requireShare("differing", differing);
    return passes(gain -> differing, 1);
  }

  /**
   * Starts with scores.
   *
   * @param standardDeviation of the differences between the two scores of an example, 0 or more
   */
  public static SampleSize forScores(double standardDeviation) {
    if (!(standardDeviation >= 0)) {
      throw new IllegalArgumentException(
          "standardDeviation must be at least 0, was " + standardDeviation);
    }
    double square = standardDeviation * standardDeviation;
    return new SampleSize(
        false, gain -> square + gain * gain, Double.POSITIVE_INFINITY, Demand.USUAL);
  }

  private static SampleSize passes(DoubleUnaryOperator differing, double most) {
    // Pass rates cannot differ by more than the share of pairs that differ.
    return new SampleSize(
        true, gain -> Math.max(gain, differing.applyAsDouble(gain)), most, Demand.USUAL);
  }

  /** Returns the same question with another chance to find the gain, between 0 and 1. */
  public SampleSize power(double chance) {
    requireInside("power", chance);
    return new SampleSize(passes, variance, most, new Demand(chance, demand.level()));
  }

  /** Returns the same question with another two-sided significance level, between 0 and 1. */
  public SampleSize level(double significance) {
    requireInside("level", significance);
    return new SampleSize(passes, variance, most, new Demand(demand.power(), significance));
  }

  /**
   * Returns the same question for one of {@code tests} that are corrected after Holm: the level of
   * the hardest of them, which is the present one divided by their number.
   */
  public SampleSize amongTests(int tests) {
    if (tests < 1) {
      throw new IllegalArgumentException("tests must be at least 1, was " + tests);
    }
    return level(demand.level() / tests);
  }

  /**
   * Returns how many examples find a gain, about the smallest such number; empty if more than
   * {@link #UNREALISTIC} are needed, or no such gain is possible.
   *
   * @param gain as a share: 0.05 is 5 points; its sign does not matter
   */
  public OptionalLong toDetect(double gain) {
    double size = Math.abs(gain);
    if (!(size > 0 && size <= most)) {
      return OptionalLong.empty();
    }
    double approximate = approximate(size);
    double corrected = Math.ceil(passes ? approximate + 2 / size : approximate);
    if (!(corrected < UNREALISTIC)) {
      return OptionalLong.empty();
    }
    long pairs = Math.max(1, (long) corrected);
    return OptionalLong.of(
        passes && pairs <= EXACT_UP_TO ? exact(size, (long) approximate, pairs) : pairs);
  }

  /**
   * Returns the least gain that so many examples find: the minimum detectable effect; empty if they
   * find none, however large.
   */
  public OptionalDouble detectable(long pairs) {
    double high = Math.min(most, 1e6);
    if (pairs < 1 || powerFor(high, pairs) < demand.power()) {
      return OptionalDouble.empty();
    }
    double low = 0;
    while (high - low > 1e-6) {
      double middle = (low + high) / 2;
      if (powerFor(middle, pairs) < demand.power()) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return OptionalDouble.of(high);
  }

  /** Returns the chance that so many examples find such a gain, from 0 to 1. */
  public double powerFor(double gain, long pairs) {
    double size = Math.abs(gain);
    double around0 = variance.applyAsDouble(size);
    if (passes && pairs <= EXACT_UP_TO) {
      return new McNemarPower(size, around0, demand.level()).of((int) pairs);
    }
    double noise = Quantiles.normal(1 - demand.level() / 2) * Math.sqrt(around0);
    double spread = Math.sqrt(Math.max(0, around0 - size * size));
    double step = passes ? 1 / Math.sqrt((double) pairs) : 0;
    double distance = size * Math.sqrt((double) pairs) - step - noise;
    return spread == 0 ? (distance >= 0 ? 1 : 0) : Quantiles.normalShare(distance / spread);
  }

  private double approximate(double gain) {
    double around0 = variance.applyAsDouble(gain);
    double noise = Quantiles.normal(1 - demand.level() / 2) * Math.sqrt(around0);
    double miss = Quantiles.normal(demand.power()) * Math.sqrt(Math.max(0, around0 - gain * gain));
    double root = (noise + miss) / gain;
    return root * root;
  }

  /** Returns the number between the two formulas at which the exact power suffices. */
  private long exact(double gain, long least, long most) {
    long low = Math.max(0, least - 1);
    long high = most;
    while (powerFor(gain, high) < demand.power()) {
      high++;
    }
    while (high - low > 1) {
      long middle = (low + high) / 2;
      if (powerFor(gain, middle) < demand.power()) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  private static void requireShare(String what, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(what + " must be from 0 to 1, was " + value);
    }
  }

  private static void requireInside(String what, double value) {
    if (!(value > 0 && value < 1)) {
      throw new IllegalArgumentException(what + " must be between 0 and 1, was " + value);
    }
  }

  /**
   * How often McNemar's exact test finds a gain that is there: summed over how many of the pairs
   * happen to differ. The usual formula (Connor 1987) promises some points more than the exact test
   * keeps.
   *
   * @param gain the true difference of the pass rates, above 0
   * @param differing the true share of pairs that differ, at least {@code gain}
   * @param level the level of the two-sided test
   */
  private record McNemarPower(double gain, double differing, double level) {
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

    /** Returns the chance to distinguish {@code count} differing pairs from a fair coin. */
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
}
