package dev.finetune4j.simulator;

import dev.finetune4j.Time;
import java.time.Duration;
import java.time.Instant;

/** A limit per minute that refills evenly over time, as services do it. Thread-safe. */
public final class RateWindow {
  private static final double MINUTE_MILLIS = 60_000;
  private static final long UNLIMITED = 1_000_000;

  private final Time time;
  private final double limit;
  private double left;
  private Instant seen;

  /** Makes a limit of so many units a minute. */
  public RateWindow(Time time, long limitPerMinute) {
    this.time = time;
    this.limit = limitPerMinute;
    this.left = limitPerMinute;
    this.seen = time.now();
  }

  /** Takes units if they are there; returns how long to wait otherwise, zero if they were. */
  public synchronized Duration take(long units) {
    refill();
    // More than the limit at once would never fit; the service counts it as a full minute.
    double wanted = Math.min((double) units, limit);
    if (wanted <= left) {
      left -= wanted;
      return Duration.ZERO;
    }
    return Duration.ofMillis((long) Math.ceil((wanted - left) / limit * MINUTE_MILLIS));
  }

  /** Returns the limit, or a million if there is no limit. */
  public long limit() {
    return (long) Math.min(limit, UNLIMITED);
  }

  /** Returns how many units could be taken now. */
  public synchronized long left() {
    refill();
    return (long) Math.min(left, UNLIMITED);
  }

  /** Returns how long it takes until nothing counts as used. */
  public synchronized Duration untilFull() {
    refill();
    return Duration.ofMillis((long) Math.ceil((limit - left) / limit * MINUTE_MILLIS));
  }

  /** Writes a duration as the rate headers do: {@code 6m0s}, {@code 1s}, {@code 20ms}. */
  public static String text(Duration duration) {
    if (duration.toMillis() < 1000) {
      return duration.toMillis() + "ms";
    }
    long seconds = (duration.toMillis() + 999) / 1000;
    return seconds < 60 ? seconds + "s" : seconds / 60 + "m" + seconds % 60 + "s";
  }

  private void refill() {
    Instant now = time.now();
    left = Math.min(limit, left + limit * Duration.between(seen, now).toMillis() / MINUTE_MILLIS);
    seen = now;
  }
}
