package dev.finetune4j.token;

import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.Example;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

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
 * @param margin by how many tokens the total may be too high or too low because of images and
 *     declared tools: {@link TokenCounter#margin}
 * @param exact whether the counts of texts are the model's own
 */
public record TokenStatistics(
    long examples,
    long total,
    long minimum,
    long maximum,
    List<Quantile> quantiles,
    List<Long> histogram,
    long margin,
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

  /**
   * Measures a data set: quantiles at 0.05, 0.1, 0.5, 0.9, 0.95 and 0.99, a histogram of 20 ranges.
   * Reads the set once, in constant memory, and takes as long as {@code counter} needs.
   */
  public static TokenStatistics measure(Dataset<?> dataset, TokenCounter counter) {
    Builder builder = new Builder();
    try (Stream<? extends Example> examples = dataset.examples()) {
      examples.forEachOrdered(
          example -> builder.add(counter.count(example), counter.margin(example)));
    }
    return builder.build(counter.isExact());
  }

  /**
   * Returns the tokens that a share of the examples does not exceed.
   *
   * @throws IllegalArgumentException if that share was not measured
   */
  public long quantile(double share) {
    for (Quantile quantile : quantiles) {
      if (Math.abs(quantile.share() - share) < 1e-9) {
        return quantile.tokens();
      }
    }
    throw new IllegalArgumentException(
        "The share " + share + " was not measured; there are " + quantiles + ".");
  }

  /** Returns the tokens of the example in the middle; 0 for an empty set. */
  public long median() {
    return quantile(0.5);
  }

  /** Returns the tokens of an average example; 0 for an empty set. */
  public double mean() {
    return examples == 0 ? 0 : (double) total / examples;
  }

  /**
   * Collects the tokens of examples, one by one; holds a counter for each distinct number. Not
   * thread-safe.
   */
  public static final class Builder {
    private static final int RANGES = 20;
    private static final double[] SHARES = {0.05, 0.1, 0.5, 0.9, 0.95, 0.99};

    private final TreeMap<Long, Long> counts = new TreeMap<>();
    private long examples;
    private long total;
    private long margin;

    /** Starts with no example. */
    public Builder() {}

    /** Adds an example with this many tokens, and by how many this may be wrong. */
    public void add(long tokens, long wrongBy) {
      margin += wrongBy;
      counts.merge(tokens, 1L, Long::sum);
      examples++;
      total += tokens;
    }

    /**
     * Returns the statistics.
     *
     * @param exact whether the counts of texts are the model's own
     */
    public TokenStatistics build(boolean exact) {
      long minimum = counts.isEmpty() ? 0 : counts.firstKey();
      long maximum = counts.isEmpty() ? 0 : counts.lastKey();
      List<Quantile> quantiles = new ArrayList<>();
      for (double share : SHARES) {
        quantiles.add(new Quantile(share, quantile(share)));
      }
      return new TokenStatistics(
          examples, total, minimum, maximum, quantiles, histogram(minimum, maximum), margin, exact);
    }

    /** Returns the smallest number that at least the share of the examples does not exceed. */
    private long quantile(double share) {
      long wanted = Math.max(1, (long) Math.ceil(share * examples));
      long seen = 0;
      for (Map.Entry<Long, Long> entry : counts.entrySet()) {
        seen += entry.getValue();
        if (seen >= wanted) {
          return entry.getKey();
        }
      }
      return 0;
    }

    private List<Long> histogram(long minimum, long maximum) {
      long[] ranges = new long[RANGES];
      double width = (double) (maximum - minimum + 1) / RANGES;
      counts.forEach(
          (tokens, count) ->
              ranges[(int) Math.min(RANGES - 1, (tokens - minimum) / width)] += count);
      List<Long> histogram = new ArrayList<>();
      for (long range : ranges) {
        histogram.add(range);
      }
      return histogram;
    }
  }
}
