package dev.finetune4j.deployment;

import dev.finetune4j.cost.Money;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Who wants to hold a deployment, for how long, and what it costs meanwhile. Immutable and
 * thread-safe.
 *
 * @param holder who holds it, for example the id of a run; the same holder gets the same lease
 *     again after a crash
 * @param timeToLive how long it may stand unless somebody renews the lease; positive
 * @param pricePerHour what it costs while it stands, if known
 */
public record LeaseTerms(String holder, Duration timeToLive, Optional<Money> pricePerHour) {

  /** Checks that there is a holder and a time. */
  public LeaseTerms {
    Objects.requireNonNull(pricePerHour, "pricePerHour");
    if (holder.isBlank()) {
      throw new IllegalArgumentException("A lease needs the name of its holder.");
    }
    if (timeToLive.isNegative() || timeToLive.isZero()) {
      throw new IllegalArgumentException(
          "A lease needs a time to live above zero, and this is " + timeToLive + ".");
    }
  }

  /** Returns terms for a deployment whose price is not known. */
  public static LeaseTerms of(String holder, Duration timeToLive) {
    return new LeaseTerms(holder, timeToLive, Optional.empty());
  }

  /** Returns these terms with what the deployment costs while it stands. */
  public LeaseTerms withPricePerHour(Money price) {
    return new LeaseTerms(holder, timeToLive, Optional.of(price));
  }
}
