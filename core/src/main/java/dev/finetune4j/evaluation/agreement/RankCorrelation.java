package dev.finetune4j.evaluation.agreement;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Measures how well two lists of scores agree on the order, regardless of their scales. Stateless.
 */
public final class RankCorrelation {
  private RankCorrelation() {}

  /**
   * Returns Spearman's rho, from -1 to 1: Pearson's correlation of the ranks, where equal scores
   * share their mean rank. NaN if all scores of one list are the same or there are fewer than two.
   *
   * @throws IllegalArgumentException if the lists have different lengths
   */
  public static double spearman(double[] first, double[] second) {
    check(first, second);
    return pearson(ranks(first), ranks(second));
  }

  /**
   * Returns Kendall's tau-b, from -1 to 1: pairs in the same order minus pairs in the opposite
   * order, corrected for ties. NaN if all scores of one list are the same or there are fewer than
   * two. Takes quadratic time.
   *
   * @throws IllegalArgumentException if the lists have different lengths
   */
  public static double kendall(double[] first, double[] second) {
    check(first, second);
    double difference = 0;
    long untiedInFirst = 0;
    long untiedInSecond = 0;
    for (int i = 0; i < first.length; i++) {
      for (int j = i + 1; j < first.length; j++) {
        // Not Double.compare, for which -0.0 is below 0.0.
        double one = Math.signum(first[i] - first[j]);
        double other = Math.signum(second[i] - second[j]);
        difference += one * other;
        untiedInFirst += one == 0 ? 0 : 1;
        untiedInSecond += other == 0 ? 0 : 1;
      }
    }
    return difference / Math.sqrt((double) untiedInFirst * untiedInSecond);
  }

  private static void check(double[] first, double[] second) {
    if (first.length != second.length) {
      throw new IllegalArgumentException(
          "The lists of scores must have the same length, had "
              + first.length
              + " and "
              + second.length
              + ".");
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
