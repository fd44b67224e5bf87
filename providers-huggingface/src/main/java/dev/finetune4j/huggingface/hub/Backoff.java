package dev.finetune4j.huggingface.hub;

import dev.finetune4j.ProviderId;
import dev.finetune4j.Time;
import dev.finetune4j.error.OperationInterruptedException;
import dev.finetune4j.error.ProviderUnavailableException;
import java.time.Duration;

/** The pauses between attempts of multi-request operations: 1 s, doubled each time, at most 8 s. */
final class Backoff {
  static final int TRIES = 6;
  private static final Duration MAXIMUM = Duration.ofSeconds(8);

  private final ProviderId provider;
  private final Time time;

  Backoff(ProviderId provider, Time time) {
    this.provider = provider;
    this.time = time;
  }

  /**
   * Waits after the {@code failed}th failure, counted from 1.
   *
   * @throws ProviderUnavailableException if the thread is interrupted; its flag stays set
   */
  void pause(int failed) {
    try {
      Duration pause = Duration.ofSeconds(1L << Math.min(failed - 1, 10));
      time.sleep(pause.compareTo(MAXIMUM) > 0 ? MAXIMUM : pause);
    } catch (InterruptedException e) {
      throw OperationInterruptedException.from(
          "The thread was interrupted while it waited for the Hub.", e);
    }
  }

  /** Returns whether another attempt is left after the {@code failed}th failure. */
  static boolean isLeft(int failed) {
    return failed < TRIES && !Thread.currentThread().isInterrupted();
  }
}
