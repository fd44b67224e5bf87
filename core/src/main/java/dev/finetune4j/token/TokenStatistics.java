package dev.finetune4j.token;

import java.util.List;

/**
 * The tokens of the examples of a data set.
 *
 * @param examples how many examples there are
 * @param total the tokens of all
 * @param minimum the fewest in one example
 * @param maximum the most in one example
 * @param quantiles the tokens at given shares of the examples, ascending: the median, p90 and p99
 * @param histogram how many examples fall into each of equal ranges from {@code minimum} to {@code
 *     maximum}
 * @param exact whether the counts are the model's own
 */
public record TokenStatistics(
    long examples,
    long total,
    long minimum,
    long maximum,
    List<Quantile> quantiles,
    List<Long> histogram,
    boolean exact) {

  /**
   * The tokens below which a share of the examples lie.
   *
   * @param share from 0 to 1
   * @param tokens the count
   */
  public record Quantile(double share, long tokens) {}

  /** Copies the lists. */
  public TokenStatistics {
    quantiles = List.copyOf(quantiles);
    histogram = List.copyOf(histogram);
  }

  /** Returns the tokens of an average example; 0 for an empty set. */
  public double mean() {
    return examples == 0 ? 0 : (double) total / examples;
  }
}
