package dev.finetune4j.job;

import dev.finetune4j.PollingSchedule;
import dev.finetune4j.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A wait that holds no thread between two questions. */
final class AsynchronousWait {
  private final JobHandle handle;
  private final PollingSchedule schedule;
  private final ScheduledExecutorService scheduler;
  private final JobListener listener;
  private final CompletableFuture<FineTuningJob> result = new CompletableFuture<>();

  AsynchronousWait(
      JobHandle handle,
      PollingSchedule schedule,
      ScheduledExecutorService scheduler,
      JobListener listener) {
    this.handle = handle;
    this.schedule = schedule;
    this.scheduler = scheduler;
    this.listener = listener;
  }

  CompletableFuture<FineTuningJob> start(Time time) {
    Instant started = time.now();
    scheduler.execute(() -> ask(time, started, schedule.first()));
    return result;
  }

  private void ask(Time time, Instant started, Duration pause) {
    if (result.isDone()) {
      return;
    }
    try {
      FineTuningJob job = handle.refresh();
      listener.onSnapshot(job);
      handle.readEvents(listener);
      Duration waited = Duration.between(started, time.now());
      if (job.status().isTerminal()) {
        result.complete(job);
      } else if (waited.compareTo(schedule.giveUpAfter()) >= 0) {
        result.completeExceptionally(new JobTimeoutException(job, waited));
      } else {
        scheduler.schedule(
            () -> ask(time, started, schedule.after(pause)), pause.toNanos(), TimeUnit.NANOSECONDS);
      }
    } catch (RuntimeException failure) {
      result.completeExceptionally(failure);
    }
  }
}
