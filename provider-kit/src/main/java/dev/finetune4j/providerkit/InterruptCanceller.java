package dev.finetune4j.providerkit;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Cancels a request within 50 ms once the thread that waits for it is interrupted, which a read
 * from a socket would not notice. The thread of the call does the reading itself, so that a quick
 * call needs no second thread. Thread-safe.
 */
final class InterruptCanceller {
  private static final long EVERY_MILLIS = 50;
  private static final long LINGER_ROUNDS = 200;
  private static final ScheduledExecutorService WATCHMAN =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "finetune4j-interrupts");
            thread.setDaemon(true);
            return thread;
          });

  private final Map<HttpAttempt, Thread> flights = new ConcurrentHashMap<>();
  private volatile @Nullable ScheduledFuture<?> rounds;
  private long idleRounds;

  /** Watches the calling thread for as long as {@code attempt} is under way. */
  void begin(HttpAttempt attempt) {
    flights.put(attempt, Thread.currentThread());
    if (rounds == null) {
      startRounds();
    }
  }

  void end(HttpAttempt attempt) {
    flights.remove(attempt);
  }

  private synchronized void startRounds() {
    if (rounds == null) {
      idleRounds = 0;
      rounds =
          WATCHMAN.scheduleWithFixedDelay(
              this::look, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void look() {
    flights.forEach(
        (attempt, thread) -> {
          if (thread.isInterrupted()) {
            attempt.cancel();
          }
        });
    if (flights.isEmpty()) {
      rest();
    } else {
      idleRounds = 0;
    }
  }

  private synchronized void rest() {
    ScheduledFuture<?> running = rounds;
    if (running != null && ++idleRounds >= LINGER_ROUNDS && flights.isEmpty()) {
      running.cancel(false);
      rounds = null;
      // A call that began just now saw the rounds still running.
      if (!flights.isEmpty()) {
        startRounds();
      }
    }
  }
}
