package dev.finetune4j.job;

import dev.finetune4j.error.FineTuningException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A watch of one job. Only the watcher's thread uses it, except for the future. */
final class JobWatch {
  private final JobReference reference;
  private final JobListener listener;
  private final Instant started;
  private final EventReader events;
  private final CompletableFuture<FineTuningJob> future = new CompletableFuture<>();
  private @Nullable FineTuningJob lastSeen;

  JobWatch(
      JobReference reference, JobOperations operations, JobListener listener, Instant started) {
    this.reference = reference;
    this.listener = listener;
    this.started = started;
    this.events = new EventReader(reference, operations);
  }

  JobReference reference() {
    return reference;
  }

  CompletableFuture<FineTuningJob> future() {
    return future;
  }

  /**
   * Notifies the listener and, if the job has ended, completes the future.
   *
   * @throws FineTuningException if the events of the ended job cannot be read now; the next poll
   *     tries again
   */
  void see(FineTuningJob job) {
    lastSeen = job;
    boolean ended = job.status().isTerminal();
    if (ended && listener != JobListener.NONE) {
      fetchEvents();
    }
    try {
      listener.onSnapshot(job);
      events.deliver(listener);
    } catch (Throwable failure) {
      // A listener that throws ends only its own watch.
      future.completeExceptionally(failure);
      return;
    }
    if (ended) {
      future.complete(job);
    }
  }

  void fail(Throwable failure) {
    future.completeExceptionally(failure);
  }

  /** Gives up if {@code limit} is over at {@code now}; otherwise returns the rest of it. */
  Duration giveUpAfter(Duration limit, Instant now) {
    Duration waited = Duration.between(started, now);
    Duration left = limit.minus(waited);
    if ((left.isNegative() || left.isZero()) && lastSeen != null) {
      future.completeExceptionally(new JobTimeoutException(lastSeen, waited));
    }
    return left;
  }

  private void fetchEvents() {
    try {
      events.fetchAll();
    } catch (FineTuningException failure) {
      if (failure.isRetryable()) {
        throw failure;
      }
      future.completeExceptionally(failure);
    }
  }
}
