package dev.finetune4j.huggingface.hub;

import dev.finetune4j.Time;
import dev.finetune4j.error.OperationInterruptedException;
import java.time.Duration;

/** The pauses between attempts of multi-request operations: 1 s, doubled each time, at most 8 s. */
record Backoff(Time time) {
  static final int TRIES = 6;
  private static final Duration MAXIMUM = Duration.ofSeconds(8);

  /**
   * Waits after the {@code failed}th failure, counted from 1.
   *
   * @throws OperationInterruptedException if the thread is interrupted
   */
  void pause(int failed) {
    Duration pause = Duration.ofSeconds(1L << Math.min(failed - 1, 10));
    OperationInterruptedException.sleep(time, pause.compareTo(MAXIMUM) > 0 ? MAXIMUM : pause);
  }

  /** Returns whether another attempt is left after the {@code failed}th failure. */
  static boolean isLeft(int failed) {
    return failed < TRIES && !Thread.currentThread().isInterrupted();
  }
}
