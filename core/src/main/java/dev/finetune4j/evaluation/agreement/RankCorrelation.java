package dev.finetune4j.evaluation.agreement;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Whether two lists of scores put the same things first, whatever their scales. Stateless. */
public final class RankCorrelation {
  private RankCorrelation() {}

  /**
   * Returns Spearman's rho, from -1 to 1: Pearson's correlation of the ranks, equal scores sharing
   * the mean of theirs. NaN where one list holds the same score only, or fewer than two.
   *
   * @throws IllegalArgumentException if the lists are not of one length
   */
  public static double spearman(double[] first, double[] second) {
    check(first, second);
    return pearson(ranks(first), ranks(second));
  }

  /**
   * Returns Kendall's tau-b, from -1 to 1: pairs in the same order less those in the other one,
   * corrected for equal scores. NaN where one list holds the same score only, or fewer than two.
   * Takes the square of the length in time.
   *
   * @throws IllegalArgumentException if the lists are not of one length
   */
  public static double kendall(double[] first, double[] second) {
    check(first, second);
    long difference = 0;
    long apartInFirst = 0;
    long apartInSecond = 0;
    for (int i = 0; i < first.length; i++) {
      for (int j = i + 1; j < first.length; j++) {
        int one = Double.compare(first[i], first[j]);
        int other = Double.compare(second[i], second[j]);
        difference += (long) Integer.signum(one) * Integer.signum(other);
        apartInFirst += one == 0 ? 0 : 1;
        apartInSecond += other == 0 ? 0 : 1;
      }
    }
    return difference / Math.sqrt((double) apartInFirst * apartInSecond);
  }

  private static void check(double[] first, double[] second) {
    if (first.length != second.length) {
      throw new IllegalArgumentException(
          "There are " + first.length + " scores and " + second.length + " other ones.");
    }
  }

  private static double[] ranks(double[] scores) {
    Integer[] order = IntStream.range(0, scores.length).boxed().toArray(Integer[]::new);
    Arrays.sort(order, Comparator.comparingDouble(place -> scores[place]));
    double[] ranks = new double[scores.length];
    int start = 0;
    while (start < order.length) {
      int end = start;
      while (end + 1 < order.length && scores[order[end + 1]] == scores[order[start]]) {
        end++;
      }
      for (int i = start; i <= end; i++) {
        ranks[order[i]] = (start + end) / 2.0 + 1;
      }
      start = end + 1;
    }
    return ranks;
  }

  private static double pearson(double[] first, double[] second) {
    double meanOfFirst = Arrays.stream(first).average().orElse(0);
    double meanOfSecond = Arrays.stream(second).average().orElse(0);
    double product = 0;
    double squaresOfFirst = 0;
    double squaresOfSecond = 0;
    for (int i = 0; i < first.length; i++) {
      double one = first[i] - meanOfFirst;
      double other = second[i] - meanOfSecond;
      product += one * other;
      squaresOfFirst += one * one;
      squaresOfSecond += other * other;
    }
    return product / Math.sqrt(squaresOfFirst * squaresOfSecond);
  }
}
