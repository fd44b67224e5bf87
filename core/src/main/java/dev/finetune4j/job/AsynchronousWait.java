package dev.finetune4j.job;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A wait that holds no thread between two questions. */
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
    scheduler.execute(this::ask);
    failWhenSchedulerEnds();
    return result;
  }

  private void ask() {
    if (result.isDone()) {
      return;
    }
    try {
      Optional<FineTuningJob> ended = wait.ask();
      if (ended.isPresent()) {
        result.complete(ended.get());
      } else {
        next = scheduler.schedule(this::ask, wait.pause().toNanos(), TimeUnit.NANOSECONDS);
        if (result.isDone()) {
          cancelNext();
        }
      }
    } catch (Throwable failure) {
      // Whatever it is: a future that nobody completes would hide it for ever.
      result.completeExceptionally(failure);
    }
  }

  /**
   * Fails the future if the scheduler has ended. An executor drops its tasks in {@code shutdownNow}
   * without notice, so the JDK's own timer looks every second; it needs no thread of ours.
   * Dependents of the future run on the common pool then, so one that blocks does not hold that
   * timer.
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
