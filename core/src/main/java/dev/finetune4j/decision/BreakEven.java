package dev.finetune4j.decision;

import dev.finetune4j.cost.Money;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * From which traffic on the tuned model is cheaper than the best baseline.
 *
 * @param savingPerThousandRequests what a thousand requests cost less; negative if they cost more
 * @param fixedPerMonth what the tuned model costs more each month before the first request:
 *     hosting, and the one-time cost spread over {@code months}
 * @param months the time over which the one-time cost must come back
 * @param requestsPerMonth the traffic from which it does; empty if no traffic is enough
 * @param daysToPayBack the days until the one-time cost has come back at the traffic of the policy;
 *     empty if that is unknown or it never does
 */
public record BreakEven(
    Money savingPerThousandRequests,
    Money fixedPerMonth,
    int months,
    OptionalLong requestsPerMonth,
    OptionalLong daysToPayBack) {

  /** Returns whether there is a traffic at which the tuned model is cheaper, or as cheap. */
  public boolean isReachable() {
    return requestsPerMonth.isPresent();
  }

  /**
   * Returns what the tuned model saves in a month of so many requests, hosting and the one-time
   * cost's share counted; negative if it costs more.
   */
  public Money savingPerMonth(long requests) {
    return savingPerThousandRequests
        .times(BigDecimal.valueOf(requests).movePointLeft(3))
        .minus(fixedPerMonth);
  }

  static Optional<BreakEven> between(
      AlternativeSummary tuned, AlternativeSummary baseline, CostFigures costs, Horizon horizon) {
    if (tuned.perThousandRequests().isEmpty()
        || baseline.perThousandRequests().isEmpty()
        || costs.oneTime().isEmpty()) {
      return Optional.empty();
    }
    Money saving = baseline.perThousandRequests().get().minus(tuned.perThousandRequests().get());
    Money none = saving.minus(saving);
    Money hosting = tuned.monthly().orElse(none).minus(baseline.monthly().orElse(none));
    return Optional.of(horizon.breakEven(saving, hosting, costs.oneTime().get()));
  }
}
