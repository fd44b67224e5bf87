package dev.finetune4j.providerkit;

import java.time.Duration;

/**
 * How often a request is retried, and with which pauses. {@code Retry-After} of the service takes
 * precedence. Immutable and thread-safe.
 *
 * @param attempts how often it is sent in all, at least 1
 * @param first the pause before the second time
 * @param factor what each pause is multiplied by to give the next, at least 1
 * @param maximum the longest pause
 * @param longestAsked the longest pause that a service may ask for; if it asks for more, the call
 *     fails at once and the exception says how long
 */
public record RetryPolicy(
    int attempts, Duration first, double factor, Duration maximum, Duration longestAsked) {

  /** Checks the ranges. */
  public RetryPolicy {
    if (attempts < 1 || !(factor >= 1)) {
      throw new IllegalArgumentException(
          "A retry policy needs at least 1 attempt and a factor of at least 1; got "
              + attempts
              + " and "
              + factor
              + ".");
    }
  }

  /** Returns 4 attempts: pauses of 0.5 s, 1 s, 2 s; a service may ask for up to 2 minutes. */
  public static RetryPolicy standard() {
    return new RetryPolicy(
        4, Duration.ofMillis(500), 2, Duration.ofSeconds(8), Duration.ofMinutes(2));
  }

  /** Returns a policy that never sends again. */
  public static RetryPolicy none() {
    return new RetryPolicy(1, Duration.ZERO, 1, Duration.ZERO, Duration.ZERO);
  }

  /** Returns the pause after the {@code attempt}th failure, counted from 1. */
  Duration pauseAfter(int attempt) {
    double millis = (double) first.toMillis() * Math.pow(factor, attempt - 1.0);
    return Duration.ofMillis((long) Math.min(millis, (double) maximum.toMillis()));
  }
}
