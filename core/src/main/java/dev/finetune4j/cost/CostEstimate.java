package dev.finetune4j.cost;

import java.time.LocalDate;
import java.util.List;

/**
 * What training will probably cost. Immutable and thread-safe.
 *
 * @param low the least it should cost
 * @param high the most it should cost; budgets are checked against this
 * @param trainedTokens the tokens of the data, cut to the context, times the epochs
 * @param epochs the epochs assumed
 * @param assumptions what the figures rest on, each a sentence
 * @param pricesAsOf the day on which the prices were read
 */
public record CostEstimate(
    Money low,
    Money high,
    long trainedTokens,
    int epochs,
    List<String> assumptions,
    LocalDate pricesAsOf) {

  /** Copies the list. */
  public CostEstimate {
    assumptions = List.copyOf(assumptions);
  }

  @Override
  public String toString() {
    String range = low.equals(high) ? high.toString() : low + " to " + high;
    return range + " for " + trainedTokens + " trained tokens in " + epochs + " epoch(s)";
  }
}
