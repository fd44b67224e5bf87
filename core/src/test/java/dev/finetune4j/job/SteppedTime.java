package dev.finetune4j.job;

import dev.finetune4j.Time;
import dev.finetune4j.testkit.FakeClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;

/** A manual clock whose sleepers wait until the test lets them go on, one sleep at a time. */
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

  /** Lets the other thread sleep to its end and waits until it sleeps again. */
  void step() throws InterruptedException {
    mayWake.release();
    asleep.acquire();
  }

  /** Lets the other thread sleep to its end, so many times, and does not wait for it. */
  void release(int times) {
    mayWake.release(times);
  }

  /** Returns how long the sleeps were. */
  Duration slept() {
    return clock.slept();
  }
}
