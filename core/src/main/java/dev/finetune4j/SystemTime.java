package dev.finetune4j;

import java.time.Duration;
import java.time.Instant;

/** The only place that asks the machine for the time or puts a thread to sleep. */
enum SystemTime implements Time {
  INSTANCE;

  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    if (duration.isNegative() || duration.isZero()) {
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted before a sleep of no length");
      }
      return;
    }
    Thread.sleep(duration.toMillis(), (int) (duration.toNanos() % 1_000_000));
  }
}
