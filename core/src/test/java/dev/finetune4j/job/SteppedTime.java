package dev.finetune4j.job;

import dev.finetune4j.Time;
import dev.finetune4j.testkit.FakeClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;

/** A clock whose sleeping thread continues only when the test allows it, one sleep at a time. */
final class SteppedTime implements Time {
  private final FakeClock clock = new FakeClock();
  private final Semaphore asleep = new Semaphore(0);
  private final Semaphore mayWake = new Semaphore(0);

  @Override
  public Instant now() {
    return clock.now();
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    asleep.release();
    mayWake.acquire();
    clock.sleep(duration);
  }

  /** Waits until the other thread sleeps. */
  void awaitSleep() throws InterruptedException {
    asleep.acquire();
  }

  /** Ends the sleep of the other thread and waits until it sleeps again. */
  void step() throws InterruptedException {
    mayWake.release();
    asleep.acquire();
  }

  /** Ends the next sleeps of the other thread without waiting for it. */
  void release(int times) {
    mayWake.release(times);
  }

  /** Returns the lengths of the sleeps. */
  Duration slept() {
    return clock.slept();
  }
}
