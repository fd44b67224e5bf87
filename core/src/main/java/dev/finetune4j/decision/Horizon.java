package dev.finetune4j.decision;

import dev.finetune4j.cost.Money;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.OptionalLong;

/**
 * The time and the traffic over which a one-time cost must come back.
 *
 * @param months at least 1
 * @param requestsPerMonth the traffic that is expected, if known
 */
record Horizon(int months, OptionalLong requestsPerMonth) {
  private static final BigDecimal DAYS_PER_MONTH = new BigDecimal("30.44");
  private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);

  BreakEven breakEven(Money savingPerThousand, Money hosting, Money oneTime) {
    BigDecimal spread = oneTime.amount().divide(BigDecimal.valueOf(months), MathContext.DECIMAL64);
    Money fixed = hosting.plus(new Money(spread, oneTime.currency()));
    return new BreakEven(
        savingPerThousand,
        fixed,
        months,
        traffic(savingPerThousand.amount(), fixed.amount()),
        days(savingPerThousand.amount(), hosting.amount(), oneTime.amount()));
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

  private OptionalLong days(BigDecimal savingPerThousand, BigDecimal hosting, BigDecimal oneTime) {
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
