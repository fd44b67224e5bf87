package dev.finetune4j.token;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Collects the tokens of examples, one by one; holds a counter for each distinct number. */
final class TokenMeasurement {
  private static final int RANGES = 20;
  private static final double[] SHARES = {0.05, 0.1, 0.5, 0.9, 0.95, 0.99};

  private final TreeMap<Long, Long> counts = new TreeMap<>();
  private long examples;
  private long total;

  void add(long tokens) {
    counts.merge(tokens, 1L, Long::sum);
    examples++;
    total += tokens;
  }

  TokenStatistics statistics(boolean exact) {
    long minimum = counts.isEmpty() ? 0 : counts.firstKey();
    long maximum = counts.isEmpty() ? 0 : counts.lastKey();
    List<TokenStatistics.Quantile> quantiles = new ArrayList<>();
    for (double share : SHARES) {
      quantiles.add(new TokenStatistics.Quantile(share, quantile(share)));
    }
    return new TokenStatistics(
        examples, total, minimum, maximum, quantiles, histogram(minimum, maximum), exact);
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
        (tokens, count) -> ranges[(int) Math.min(RANGES - 1, (tokens - minimum) / width)] += count);
    List<Long> histogram = new ArrayList<>();
    for (long range : ranges) {
      histogram.add(range);
    }
    return histogram;
  }
}
