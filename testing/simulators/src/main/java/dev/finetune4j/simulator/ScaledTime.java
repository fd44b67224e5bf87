package dev.finetune4j.simulator;

import dev.finetune4j.Time;
import java.time.Duration;
import java.time.Instant;

/**
 * A clock that runs faster than another one by a factor, for a simulator that a person watches: at
 * 60 a simulated hour takes a minute. Starts at the other clock's present. Thread-safe.
 */
public final class ScaledTime implements Time {
  private final Time real;
  private final Instant start;
  private final double factor;

  /**
   * Makes the clock.
   *
   * @throws IllegalArgumentException if the factor is not above 0
   */
  public ScaledTime(Time real, double factor) {
    if (!(factor > 0)) {
      throw new IllegalArgumentException("A clock needs a factor above 0, not " + factor);
    }
    this.real = real;
    this.start = real.now();
    this.factor = factor;
  }

  @Override
  public Instant now() {
    return start.plus(scaled(Duration.between(start, real.now()), factor));
  }

  /** Blocks for the real time in which this clock runs by {@code duration}. */
  @Override
  public void sleep(Duration duration) throws InterruptedException {
    real.sleep(scaled(duration, 1 / factor));
  }

  private static Duration scaled(Duration duration, double factor) {
    return Duration.ofNanos(Math.round(duration.toNanos() * factor));
  }
}
