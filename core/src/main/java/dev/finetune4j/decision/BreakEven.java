package dev.finetune4j.decision;

import dev.finetune4j.cost.Money;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The traffic from which the tuned model is cheaper than the best baseline.
 *
 * @param savingPerThousandRequests what a thousand requests save; negative if they cost more
 * @param fixedPerMonth the additional fixed cost of the tuned model per month: hosting and the
 *     one-time cost spread over {@code months}
 * @param months the time within which the one-time cost must be recovered
 * @param requestsPerMonth the traffic from which it is recovered; empty if no traffic is enough
 * @param daysToPayBack the days until the one-time cost is recovered at the policy's traffic; empty
 *     if the traffic is unknown or it is never recovered
 */
public record BreakEven(
    Money savingPerThousandRequests,
    Money fixedPerMonth,
    int months,
    OptionalLong requestsPerMonth,
    OptionalLong daysToPayBack) {
  private static final BigDecimal DAYS_PER_MONTH = new BigDecimal("30.44");
  private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);

  /** Returns whether there is a traffic from which the tuned model is no more expensive. */
  public boolean isReachable() {
    return requestsPerMonth.isPresent();
  }

  /**
   * Returns what the tuned model saves in a month with {@code requests}, after fixed costs;
   * negative if it costs more.
   */
  public Money savingPerMonth(long requests) {
    return savingPerThousandRequests
        .times(BigDecimal.valueOf(requests).movePointLeft(3))
        .minus(fixedPerMonth);
  }

  static Optional<BreakEven> between(
      AlternativeSummary tuned,
      AlternativeSummary baseline,
      CostFigures costs,
      int months,
      OptionalLong requestsPerMonth) {
    if (tuned.perThousandRequests().isEmpty()
        || baseline.perThousandRequests().isEmpty()
        || costs.oneTime().isEmpty()) {
      return Optional.empty();
    }
    Money oneTime = costs.oneTime().get();
    Money saving = baseline.perThousandRequests().get().minus(tuned.perThousandRequests().get());
    Money none = saving.minus(saving);
    Money hosting = tuned.monthly().orElse(none).minus(baseline.monthly().orElse(none));
    BigDecimal spread = oneTime.amount().divide(BigDecimal.valueOf(months), MathContext.DECIMAL64);
    Money fixed = hosting.plus(new Money(spread, oneTime.currency()));
    return Optional.of(
        new BreakEven(
            saving,
            fixed,
            months,
            traffic(saving.amount(), fixed.amount()),
            days(saving.amount(), hosting.amount(), oneTime.amount(), requestsPerMonth)));
  }

  private static OptionalLong traffic(BigDecimal savingPerThousand, BigDecimal fixed) {
    if (savingPerThousand.signum() > 0) {
      BigDecimal requests =
          fixed
              .max(BigDecimal.ZERO)
              .multiply(THOUSAND)
              .divide(savingPerThousand, 0, RoundingMode.CEILING);
      return OptionalLong.of(requests.longValue());
    }
    boolean costsNothingMore = savingPerThousand.signum() == 0 && fixed.signum() <= 0;
    return costsNothingMore ? OptionalLong.of(0) : OptionalLong.empty();
  }

  private static OptionalLong days(
      BigDecimal savingPerThousand,
      BigDecimal hosting,
      BigDecimal oneTime,
      OptionalLong requestsPerMonth) {
    if (oneTime.signum() <= 0) {
      return OptionalLong.of(0);
    }
    if (requestsPerMonth.isEmpty()) {
      return OptionalLong.empty();
    }
    BigDecimal monthlyGain =
        savingPerThousand
            .multiply(BigDecimal.valueOf(requestsPerMonth.getAsLong()))
            .movePointLeft(3)
            .subtract(hosting);
    if (monthlyGain.signum() <= 0) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(
        oneTime.multiply(DAYS_PER_MONTH).divide(monthlyGain, 0, RoundingMode.CEILING).longValue());
  }
}
