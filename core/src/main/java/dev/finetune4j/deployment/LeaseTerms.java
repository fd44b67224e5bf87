package dev.finetune4j.deployment;

import dev.finetune4j.cost.Money;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * The holder, duration and price of a lease. Immutable and thread-safe.
 *
 * @param holder the holder, for example the id of a run; the same holder gets the same lease again
 *     after a crash
 * @param timeToLive the time until the lease expires unless it is renewed; positive
 * @param pricePerHour the price of each hour that the deployment exists, if known
 */
public record LeaseTerms(String holder, Duration timeToLive, Optional<Money> pricePerHour) {

  /** Checks the holder and the time to live. */
  public LeaseTerms {
    Objects.requireNonNull(pricePerHour, "pricePerHour");
    if (holder.isBlank()) {
      throw new IllegalArgumentException("The holder of a lease must not be blank.");
    }
    if (timeToLive.isNegative() || timeToLive.isZero()) {
      throw new IllegalArgumentException("timeToLive must be positive, was " + timeToLive + ".");
    }
  }

  /** Returns terms without a price. */
  public static LeaseTerms of(String holder, Duration timeToLive) {
    return new LeaseTerms(holder, timeToLive, Optional.empty());
  }

  /** Returns these terms with a price per hour. */
  public LeaseTerms withPricePerHour(Money price) {
    return new LeaseTerms(holder, timeToLive, Optional.of(price));
  }
}
