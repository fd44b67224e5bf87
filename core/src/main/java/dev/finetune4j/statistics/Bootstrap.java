package dev.finetune4j.statistics;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The bootstrap of a mean: whole groups are drawn with replacement, so that what belongs together
 * stays together (a cluster bootstrap; without groups the ordinary one). 10,000 draws with a fixed
 * seed; fewer, but never below 2,000, where there are more than 1,000 groups, which keeps a call
 * below some tens of milliseconds. Thread-safe: it holds no state.
 */
public final class Bootstrap {
  private static final int MOST_DRAWS = 10_000;
  private static final int LEAST_DRAWS = 2_000;
  private static final int WORK = 10_000_000;
  private static final long SEED = 20_261_122;

  private Bootstrap() {}

  /**
   * Returns the bias-corrected and accelerated interval (BCa, Efron 1987) of the mean: right also
   * where scores lean to one side. From 0 to 0 if there are no values. Where all groups have one
   * mean, draws show nothing, and that is no certainty: for scores on a scale from 0 to 1 the
   * interval then reaches as far to both sides as that of Agresti and Min for pairs of which none
   * differs.
   */
  public static Interval biasCorrected(GroupedValues sample, double level) {
    if (sample.size() > 0 && isConstant(sample.groupMeans())) {
      double half = Quantiles.normal(0.5 + level / 2) / (sample.groups() + 2);
      return new Interval(sample.mean() - half, sample.mean() + half, level);
    }
    double[] means = drawnMeans(sample);
    double below = shareBelow(means, sample.mean());
    if (!(below > 0 && below < 1)) {
      return percentile(means, level);
    }
    double bias = Quantiles.normal(below);
    double acceleration = acceleration(sample.leaveOneOut());
    double tail = (1 - level) / 2;
    return new Interval(
        Quantiles.ofSorted(means, moved(Quantiles.normal(tail), bias, acceleration)),
        Quantiles.ofSorted(means, moved(Quantiles.normal(1 - tail), bias, acceleration)),
        level);
  }

  /** Returns the percentile interval of the mean; from 0 to 0 if there are no values. */
  public static Interval percentile(GroupedValues sample, double level) {
    return percentile(drawnMeans(sample), level);
  }

  /**
   * Returns the two-sided p-value of the hypothesis that the mean is 0: how often a mean of a draw
   * lies as far from the mean of the sample as that lies from 0. Draws from few values promise too
   * much, so it is never below that of {@link SignFlip}. 1 if there are no values.
   */
  public static double pValue(GroupedValues differences) {
    double mean = differences.mean();
    double observed = Math.abs(mean) * (1 - 1e-9);
    double[] means = drawnMeans(differences);
    long asExtreme = Arrays.stream(means).filter(it -> Math.abs(it - mean) >= observed).count();
    return Math.max(SignFlip.pValue(differences), (asExtreme + 1.0) / (means.length + 1.0));
  }

  private static Interval percentile(double[] sortedMeans, double level) {
    double tail = (1 - level) / 2;
    return new Interval(
        Quantiles.ofSorted(sortedMeans, tail), Quantiles.ofSorted(sortedMeans, 1 - tail), level);
  }

  private static double[] drawnMeans(GroupedValues sample) {
    int groups = sample.groups();
    if (groups == 0) {
      return new double[1];
    }
    SplittableRandom random = new SplittableRandom(SEED);
    double[] totals = sample.groupTotals();
    double[] means = new double[Math.max(LEAST_DRAWS, Math.min(MOST_DRAWS, WORK / groups))];
    for (int draw = 0; draw < means.length; draw++) {
      double sum = 0;
      int count = 0;
      for (int i = 0; i < groups; i++) {
        int group = random.nextInt(groups);
        sum += totals[group];
        count += sample.count(group);
      }
      means[draw] = sum / count;
    }
    Arrays.sort(means);
    return means;
  }

  private static boolean isConstant(double[] means) {
    return Arrays.stream(means).allMatch(mean -> Math.abs(mean - means[0]) < 1e-12);
  }

  private static double shareBelow(double[] means, double mean) {
    double halves = 0;
    for (double drawn : means) {
      halves += drawn < mean ? 2 : drawn > mean ? 0 : 1;
    }
    return halves / 2 / means.length;
  }

  private static double acceleration(double[] leaveOneOut) {
    double centre = GroupedValues.sum(leaveOneOut) / leaveOneOut.length;
    double cubes = 0;
    double squares = 0;
    for (double mean : leaveOneOut) {
      double distance = centre - mean;
      squares += distance * distance;
      cubes += distance * distance * distance;
    }
    return squares == 0 ? 0 : cubes / (6 * Math.pow(squares, 1.5));
  }

  private static double moved(double place, double bias, double acceleration) {
    double shifted = bias + place;
    double share = Quantiles.normalShare(bias + shifted / (1 - acceleration * shifted));
    return Math.max(0, Math.min(1, share));
  }
}
