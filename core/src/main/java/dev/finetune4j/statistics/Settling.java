package dev.finetune4j.statistics;

import java.util.OptionalLong;
import java.util.function.LongToDoubleFunction;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * How many test examples would settle whether a gain reaches a minimum, if the truth is as seen so
 * far: with a probability of 0.8, either the gain is significant and reaches the minimum, or the
 * upper end of its interval is below the minimum. Immutable and thread-safe.
 *
 * @param minimum the minimum gain as a fraction: 0.05 is 5 points
 * @param level the two-sided significance level of the gain
 * @param keepLevel the level of the interval whose upper end is compared with the minimum
 * @param proven whether the lower end of the interval must reach the minimum, not only the gain
 */
public record Settling(double minimum, double level, double keepLevel, boolean proven) {
  private static final double POWER = 0.8;
  private static final int EXACT_UP_TO = 1000;
  private static final int MOST_TERMS = 100;

  /**
   * Returns the number for independent pairs of passed or not: up to 1,000 from the exact power of
   * McNemar's test and {@link PairedPasses#interval}, above by the normal approximation corrected
   * for continuity. Empty if no realistic number settles it.
   *
   * @param won the share of pairs that only the candidate passes
   * @param lost the share of pairs that only the baseline passes
   */
  public OptionalLong pairs(double won, double lost) {
    double gain = won - lost;
    double deviation = Math.sqrt(Math.max(0, won + lost - gain * gain));
    return smallest(
        pairs ->
            pairs <= EXACT_UP_TO
                ? ofPasses((int) pairs, won, lost)
                : approximate(pairs, gain, deviation, 1.0 / pairs));
  }

  /**
   * Returns the number for scores, or for the means of groups, by the normal approximation; empty
   * if no realistic number settles it.
   *
   * @param gain the mean difference
   * @param deviation the standard deviation of the differences
   */
  public OptionalLong scores(double gain, double deviation) {
    return smallest(pairs -> approximate(pairs, gain, deviation, 0));
  }

  private double approximate(long pairs, double gain, double deviation, double continuity) {
    double root = Math.sqrt((double) pairs);
    double error = deviation / root;
    double test = z(level) * Math.hypot(deviation, gain) / root + continuity;
    double least = proven ? minimum + z(level) * error + continuity / 2 : minimum;
    double keep = minimum - z(keepLevel) * error - continuity / 2;
    return above(gain, Math.max(least, test), error) + 1 - above(gain, keep, error);
  }

  private static double above(double mean, double bound, double error) {
    return error == 0 ? (mean >= bound ? 1 : 0) : Quantiles.normalShare((mean - bound) / error);
  }

  private static double z(double level) {
    return Quantiles.normal(1 - level / 2);
  }

  private static OptionalLong smallest(LongToDoubleFunction power) {
    long high = 2;
    while (power.applyAsDouble(high) < POWER) {
      high *= 2;
      if (high > SampleSize.UNREALISTIC) {
        return OptionalLong.empty();
      }
    }
    long low = high / 2;
    while (high - low > 1) {
      long middle = (low + high) / 2;
      if (power.applyAsDouble(middle) < POWER) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return OptionalLong.of(high);
  }

  private double ofPasses(int pairs, double won, double lost) {
    double share = Math.min(1, won + lost);
    double deviation = Math.sqrt(pairs * share * (1 - share));
    int from = (int) Math.max(0, Math.floor(pairs * share - 6 * deviation - 1));
    int to = (int) Math.min(pairs, Math.ceil(pairs * share + 6 * deviation + 1));
    int step = 1 + (to - from) / MOST_TERMS;
    BinomialDistribution counts = BinomialDistribution.of(pairs, share);
    double settled = 0;
    double weights = 0;
    for (int differing = from; differing <= to; differing += step) {
      double weight = counts.probability(differing);
      weights += weight;
      if (weight > 0) {
        double winning = share == 0 ? 0.5 : won / (won + lost);
        settled += weight * ofDiffering(pairs, differing, Math.min(1, winning));
      }
    }
    return settled / weights;
  }

  private double ofDiffering(int pairs, int differing, double winning) {
    double zKeep = z(keepLevel);
    double zFine = z(level);
    // Both conditions hold from some number of wins on, and the third up to one.
    int low = (int) Math.ceil((Math.max(0, minimum) * pairs + differing) / 2 - 1e-9);
    int high = differing + 1;
    low = Math.max(low, differing / 2 + 1);
    while (low < high) {
      int wins = (low + high) / 2;
      boolean significant =
          new PairedPasses(pairs, wins, differing - wins).pValue() <= level
              && (!proven || PairedPasses.score(wins, differing - wins, pairs, minimum) > zFine);
      if (significant) {
        high = wins;
      } else {
        low = wins + 1;
      }
    }
    int fine = high;
    low = -1;
    high = differing;
    while (low < high) {
      int wins = (low + high + 1) / 2;
      if (PairedPasses.score(differing - wins, wins, pairs, -minimum) > zKeep) {
        low = wins;
      } else {
        high = wins - 1;
      }
    }
    if (differing == 0) {
      return low >= 0 ? 1 : 0;
    }
    BinomialDistribution wins = BinomialDistribution.of(differing, winning);
    double reached = fine > differing ? 0 : wins.survivalProbability(fine - 1);
    return reached + (low < 0 ? 0 : wins.cumulativeProbability(low));
  }
}
