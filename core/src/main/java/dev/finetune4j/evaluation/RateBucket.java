package dev.finetune4j.evaluation;

import dev.finetune4j.inference.RateAllowance;
import java.time.Duration;
import java.time.Instant;

/**
 * One limit per minute as the service is thought to keep it: what was used comes back evenly. What
 * the service itself says outranks the book kept here. Used by one thread.
 */
final class RateBucket {
  private static final double MINUTE_MILLIS = 60_000;
  // Below this share nothing is asked: a service that says "0 left" is not asked for long.
  private static final double RESERVE = 0.01;
  // Without a word from the service, no more than this share of a minute is asked at once.
  private static final double BLIND_BURST = 0.1;
  private static final double SMALLEST_BURST = 1.0 / 60;

  private final double chosen;
  private double limit;
  private double capacity;
  private double left;
  private boolean isTold;
  private Instant seen;

  /** Makes a limit of so many units a minute; infinite where nothing is known yet. */
  RateBucket(double chosenLimit, Instant now) {
    chosen = chosenLimit;
    limit = chosenLimit;
    capacity = Math.max(1, chosenLimit * BLIND_BURST);
    left = capacity;
    seen = now;
  }

  /** Returns how long to wait before so many units may be asked for. */
  Duration pause(long units, Instant now) {
    if (Double.isInfinite(limit)) {
      return Duration.ZERO;
    }
    refill(now);
    double reserve = Math.min(limit * RESERVE, capacity / 2);
    double missing = Math.min((double) units, capacity - reserve) + reserve - left;
    return missing <= 0
        ? Duration.ZERO
        : Duration.ofMillis((long) Math.ceil(missing / limit * MINUTE_MILLIS));
  }

  /** Enters units that were asked for. */
  void take(long units, Instant now) {
    if (!Double.isInfinite(limit)) {
      refill(now);
      left -= (double) units;
    }
  }

  /**
   * Takes over what the service says.
   *
   * @param underWay units asked for whose answers are not there: the service may not have seen them
   */
  void learn(RateAllowance said, long underWay, Instant now) {
    if (said.limit() <= 0) {
      return;
    }
    refill(now);
    limit = Math.min(chosen, (double) said.limit());
    if (!isTold) {
      isTold = true;
      capacity = Double.isInfinite(chosen) ? limit : Math.min(capacity, limit);
      left = capacity;
    }
    capacity = Math.min(capacity, limit);
    double there = Math.min(capacity, (double) (said.remaining() - underWay));
    left = Double.isInfinite(chosen) ? there : Math.min(left, there);
  }

  /** Takes note that the service refused: bursts are halved from here on. */
  void refused(Instant now) {
    if (!Double.isInfinite(limit)) {
      refill(now);
      capacity = Math.max(Math.max(1, limit * SMALLEST_BURST), capacity / 2);
      left = Math.min(left, 0);
    }
  }

  private void refill(Instant now) {
    if (now.isAfter(seen) && !Double.isInfinite(limit)) {
      left =
          Math.min(
              capacity,
              left + limit * (double) Duration.between(seen, now).toMillis() / MINUTE_MILLIS);
    }
    seen = now.isAfter(seen) ? now : seen;
  }
}
