package dev.finetune4j.decision;

import java.math.BigDecimal;
import java.util.OptionalLong;

/**
 * What is assumed of the world outside.
 *
 * @param priceFactor how many times as dear as known the tuned model is
 * @param requestsPerMonth the traffic
 * @param remainingDays the days that the base model still answers
 */
record Scenario(double priceFactor, OptionalLong requestsPerMonth, OptionalLong remainingDays) {

  BigDecimal factor() {
    return BigDecimal.valueOf(priceFactor);
  }

  /** Returns the months within which the one-time cost must come back. */
  int payBackMonths(DecisionPolicy policy) {
    int months = policy.payBackMonths();
    return remainingDays.isPresent()
        ? (int) Math.max(1, Math.min(months, remainingDays.getAsLong() / 30))
        : months;
  }
}
