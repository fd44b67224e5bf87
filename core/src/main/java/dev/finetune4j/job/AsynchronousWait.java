package dev.finetune4j.job;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A wait that blocks no thread between polls. */
final class AsynchronousWait {
  private final JobWait wait;
  private final ScheduledExecutorService scheduler;
  private final CompletableFuture<FineTuningJob> result = new CompletableFuture<>();
  private volatile @Nullable Future<?> next;

  AsynchronousWait(JobWait wait, ScheduledExecutorService scheduler) {
    this.wait = wait;
    this.scheduler = scheduler;
  }

  CompletableFuture<FineTuningJob> start() {
    result.whenComplete((job, failure) -> cancelNext());
    scheduler.execute(this::poll);
    failWhenSchedulerEnds();
    return result;
  }

  private void poll() {
    if (result.isDone()) {
      return;
    }
    try {
      Optional<FineTuningJob> ended = wait.poll();
      if (ended.isPresent()) {
        result.complete(ended.get());
      } else {
        next = scheduler.schedule(this::poll, wait.pause().toNanos(), TimeUnit.NANOSECONDS);
        if (result.isDone()) {
          cancelNext();
        }
      }
    } catch (Throwable failure) {
      // Any failure must complete the future, which would otherwise never complete.
      result.completeExceptionally(failure);
    }
  }

  /**
   * Fails the future if the scheduler has ended. {@code shutdownNow} drops tasks without notice, so
   * the JDK's delayed executor checks every second; it needs no thread of ours. It runs the check,
   * and thus dependents of the future, on the common pool, so they cannot block its timer.
   */
  private void failWhenSchedulerEnds() {
    CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS)
        .execute(
            () -> {
              if (!result.isDone() && scheduler.isTerminated()) {
                result.completeExceptionally(
                    new RejectedExecutionException(
                        "The scheduler was shut down before the job ended. The job continues: wait"
                            + " again with another scheduler."));
              } else if (!result.isDone()) {
                failWhenSchedulerEnds();
              }
            });
  }

  private void cancelNext() {
    Future<?> planned = next;
    if (planned != null) {
      planned.cancel(false);
    }
  }
}
