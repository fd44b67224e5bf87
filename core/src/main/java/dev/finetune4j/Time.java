package dev.finetune4j;

import java.time.Duration;
import java.time.Instant;

/**
 * The clock and the sleep of everything in this library, so that a test can wait a day in a
 * millisecond.
 *
 * <p>Implementations are thread-safe.
 */
public interface Time {

  /** Returns the present moment. */
  Instant now();

  /**
   * Blocks the calling thread for {@code duration}; zero or a negative duration returns at once.
   *
   * @throws InterruptedException if the thread is interrupted before or while it sleeps
   */
  void sleep(Duration duration) throws InterruptedException;

  /** Returns the clock of this machine. */
  static Time system() {
    return SystemTime.INSTANCE;
  }
}
