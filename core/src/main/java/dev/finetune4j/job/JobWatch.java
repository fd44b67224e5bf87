package dev.finetune4j.job;

import dev.finetune4j.error.FineTuningException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One wish to hear of one job's end. Used by the watcher's thread only, but for the future. */
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
   * Tells the listener and, if the job has ended, completes the future.
   *
   * @throws FineTuningException if the events of the ended job cannot be had now; to be called
   *     again
   */
  void see(FineTuningJob job) {
    lastSeen = job;
    boolean ended = job.status().isTerminal();
    if (ended && listener != JobListener.NONE) {
      fetchEvents();
    }
    try {
      listener.onSnapshot(job);
      events.handOut(listener);
    } catch (Throwable failure) {
      // A listener that throws ends its own watch and no other.
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

  /** Gives up if {@code limit} is over at {@code now}; returns what is left of it otherwise. */
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
