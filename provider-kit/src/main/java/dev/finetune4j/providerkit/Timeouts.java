package dev.finetune4j.providerkit;

import java.time.Duration;

/**
 * The time limits of a call. Immutable; thread-safe.
 *
 * @param attempt the longest time from the start of one request to the end of its answer; zero for
 *     no limit but that of a silent connection
 * @param total the longest time over all requests of a call and the pauses between them, by the
 *     transport's clock; zero for no limit
 */
public record Timeouts(Duration attempt, Duration total) {

  /** Checks that neither is negative. */
  public Timeouts {
    if (attempt.isNegative() || total.isNegative()) {
      throw new IllegalArgumentException(
          "A deadline is zero or positive, and these are " + attempt + " and " + total + ".");
    }
  }

  /** Returns 10 minutes for one request and 30 for all: longer than any good answer takes. */
  public static Timeouts standard() {
    return new Timeouts(Duration.ofMinutes(10), Duration.ofMinutes(30));
  }

  /** Returns no limits; a connection that is silent for 10 minutes still ends the request. */
  public static Timeouts none() {
    return new Timeouts(Duration.ZERO, Duration.ZERO);
  }

  /** Returns these with another limit on one request. */
  public Timeouts withAttempt(Duration limit) {
    return new Timeouts(limit, total);
  }

  /** Returns these with another limit on the whole call. */
  public Timeouts withTotal(Duration limit) {
    return new Timeouts(attempt, limit);
  }
}
