package dev.finetune4j.statistics;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Measured values, and which of them belong together: answers to one example asked several times,
 * or examples of one customer. Values of one group are alike, so that a hundred of them say less
 * than a hundred independent ones; every figure here takes that into account. Immutable and
 * thread-safe.
 */
public final class GroupedValues {
  private final double[] values;
  private final double[] totals;
  private final int[] counts;

  private GroupedValues(double[] values, int[] groupOf, int groups) {
    this.values = values;
    totals = new double[groups];
    counts = new int[groups];
    for (int i = 0; i < values.length; i++) {
      totals[groupOf[i]] += values[i];
      counts[groupOf[i]]++;
    }
  }

  /** Returns independent values, each in a group of its own. */
  public static GroupedValues independent(double... values) {
    int[] groupOf = new int[values.length];
    Arrays.setAll(groupOf, i -> i);
    return new GroupedValues(values.clone(), groupOf, values.length);
  }

  /**
   * Returns values with the group of each.
   *
   * @param groups one for each value, in the same order; equal objects are one group
   * @throws IllegalArgumentException if there are not as many groups as values
   */
  public static GroupedValues of(double[] values, List<?> groups) {
    if (values.length != groups.size()) {
      throw new IllegalArgumentException(
          values.length
              + " values need one group each, but there are "
              + groups.size()
              + " groups.");
    }
    Map<Object, Integer> numbers = new HashMap<>();
    int[] groupOf = new int[values.length];
    int next = 0;
    for (Object group : groups) {
      groupOf[next++] = numbers.computeIfAbsent(group, key -> numbers.size());
    }
    return new GroupedValues(values.clone(), groupOf, numbers.size());
  }

  /** Returns how many values there are. */
  public int size() {
    return values.length;
  }

  /** Returns how many groups there are: as many as values if all are independent. */
  public int groups() {
    return totals.length;
  }

  /** Returns whether some group holds more than one value. */
  public boolean isGrouped() {
    return totals.length < values.length;
  }

  /** Returns the mean of all values; 0 without values. */
  public double mean() {
    return values.length == 0 ? 0 : sum(values) / values.length;
  }

  /** Returns the standard deviation of the values, groups not regarded; 0 for fewer than two. */
  public double standardDeviation() {
    double mean = mean();
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1));
  }

  /**
   * Returns the standard error of the mean, clustered by group with the correction {@code g / (g -
   * 1)} for g groups (Liang and Zeger 1986, as statsmodels works it out); infinite for fewer than
   * two groups.
   */
  public double standardError() {
    int groups = groups();
    if (groups < 2) {
      return Double.POSITIVE_INFINITY;
    }
    double mean = mean();
    double squares = 0;
    for (int group = 0; group < groups; group++) {
      double residual = totals[group] - counts[group] * mean;
      squares += residual * residual;
    }
    return Math.sqrt(squares * groups / (groups - 1)) / values.length;
  }

  /**
   * Returns how many independent values would say as much at this confidence: the number of values
   * divided by the design effect, and by what few groups cost (Korn and Graubard 1998). At most
   * {@link #size()}, and that if nothing is grouped; where all values are equal, the number of
   * groups takes the place of the first quotient.
   */
  public double effectiveSize(double level) {
    if (!isGrouped()) {
      return size();
    } else if (groups() < 2) {
      return Math.min(1, size());
    }
    double deviation = standardDeviation();
    double clustered = standardError();
    double independent = deviation / Math.sqrt(size());
    double effect = deviation == 0 ? 1.0 * size() / groups() : 1;
    if (clustered > independent) {
      effect = clustered * clustered / (independent * independent);
    }
    double few =
        Quantiles.student(0.5 + level / 2, size() - 1.0)
            / Quantiles.student(0.5 + level / 2, groups() - 1.0);
    return size() / effect * few * few;
  }

  /** Returns the mean of each group, in the order in which the groups first appear. */
  public double[] groupMeans() {
    double[] means = new double[groups()];
    Arrays.setAll(means, group -> totals[group] / counts[group]);
    return means;
  }

  /** Returns the sum of each group, in the order in which the groups first appear. */
  public double[] groupTotals() {
    return totals.clone();
  }

  /** Returns the values in the order given. */
  public double[] values() {
    return values.clone();
  }

  /** Returns the means without one group each: what the jackknife looks at. */
  double[] leaveOneOut() {
    double all = sum(values);
    double[] means = new double[groups()];
    Arrays.setAll(
        means, group -> (all - totals[group]) / Math.max(1, values.length - counts[group]));
    return means;
  }

  int count(int group) {
    return counts[group];
  }

  @Override
  public String toString() {
    return "GroupedValues(" + values.length + " in " + groups() + " groups, mean " + mean() + ")";
  }

  static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }
}
