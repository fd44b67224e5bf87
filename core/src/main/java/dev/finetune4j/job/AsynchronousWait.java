package dev.finetune4j.job;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
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
        Duration pause = wait.pause();
        next = scheduler.schedule(this::ask, pause.toNanos(), TimeUnit.NANOSECONDS);
        failIfDropped(pause);
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
   * Looks after each pause whether the question can still come. An executor drops its tasks in
   * {@code shutdownNow} without a word, so the JDK's own timer looks, which holds no thread of
   * ours.
   */
  private void failIfDropped(Duration pause) {
    Executor later =
        CompletableFuture.delayedExecutor(pause.toNanos(), TimeUnit.NANOSECONDS, Runnable::run);
    Future<?> planned = next;
    later.execute(
        () -> {
          if (result.isDone() || planned == null || planned != next) {
            return;
          }
          if (scheduler.isTerminated()) {
            result.completeExceptionally(
                new RejectedExecutionException(
                    "The scheduler was shut down before the job ended. The job continues: wait"
                        + " again with another scheduler."));
          } else {
            failIfDropped(pause);
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
