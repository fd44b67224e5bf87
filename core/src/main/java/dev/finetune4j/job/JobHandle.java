package dev.finetune4j.job;

import dev.finetune4j.PollingSchedule;
import dev.finetune4j.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The verbs of one job. Made by a provider, or again after a restart from a stored {@link
 * JobReference}:
 *
 * <pre>{@code
 * JobReference reference = provider.submit(request).reference();   // store this
 * // another process, another day:
 * FineTuningJob job = provider.job(reference).await(PollingSchedule.standard(), listener);
 * }</pre>
 *
 * <p>Events arrive once per handle and in order. Thread-safe.
 */
public final class JobHandle {
  private final JobReference reference;
  private final JobOperations operations;
  private final Time time;
  private final EventReader events;

  /** Makes a handle. No I/O. Called by providers. */
  public JobHandle(JobReference reference, JobOperations operations, Time time) {
    this.reference = Objects.requireNonNull(reference, "reference");
    this.operations = Objects.requireNonNull(operations, "operations");
    this.time = Objects.requireNonNull(time, "time");
    this.events = new EventReader(reference, operations);
  }

  /** Returns what finds the job again, also from another process. No I/O. */
  public JobReference reference() {
    return reference;
  }

  /** Returns the job as it is now. One request. */
  public FineTuningJob refresh() {
    return operations.fetch(reference);
  }

  /**
   * Asks to end the job for good and returns it as it is then, which may not be ended yet. One
   * request.
   */
  public FineTuningJob cancel() {
    return operations.cancel(reference);
  }

  /** Asks to stop the job at its next checkpoint. One request. */
  public FineTuningJob pause() {
    return operations.pause(reference);
  }

  /** Asks to go on with a paused job. One request. */
  public FineTuningJob resume() {
    return operations.resume(reference);
  }

  /** Returns the job's checkpoints, oldest first. */
  public List<Checkpoint> checkpoints() {
    return operations.checkpoints(reference);
  }

  /**
   * Hands the events that this handle has not given out yet to {@code listener}. One request per
   * page.
   */
  public void readEvents(JobListener listener) {
    events.readNew(listener);
  }

  /**
   * Waits until the job reaches a terminal status and returns its last snapshot, which may be a
   * failed one.
   *
   * <p>Polls with two requests per interval of {@code schedule}: one for the job, one for new
   * events. The standard schedule asks first after 5 s, then less and less often, at most every
   * minute, and gives up after 24 h. Giving up does not cancel the job: it goes on, and goes on
   * costing. To wait again, also from another process, keep {@link #reference()} and ask the
   * provider for {@code job(reference)}.
   *
   * @throws JobTimeoutException if the schedule gives up first; carries the last snapshot seen
   * @throws InterruptedException if the thread is interrupted while waiting; the job is not touched
   */
  public FineTuningJob await(PollingSchedule schedule, JobListener listener)
      throws InterruptedException {
    Instant started = time.now();
    Duration pause = schedule.first();
    while (true) {
      FineTuningJob job = refresh();
      listener.onSnapshot(job);
      events.readNew(listener);
      if (job.status().isTerminal()) {
        return job;
      }
      Duration waited = Duration.between(started, time.now());
      Duration left = schedule.giveUpAfter().minus(waited);
      if (left.isNegative() || left.isZero()) {
        throw new JobTimeoutException(job, waited);
      }
      time.sleep(pause.compareTo(left) > 0 ? left : pause);
      pause = schedule.after(pause);
    }
  }

  /** Waits as {@link #await(PollingSchedule, JobListener)} does, without a listener. */
  public FineTuningJob await(PollingSchedule schedule) throws InterruptedException {
    return await(schedule, JobListener.NONE);
  }

  /**
   * Waits without a thread of its own: each question runs on {@code scheduler}, which the caller
   * owns and closes.
   *
   * @return completes with the last snapshot, or exceptionally as {@link #await(PollingSchedule,
   *     JobListener)} would throw; cancelling it ends the wait, not the job
   */
  public CompletableFuture<FineTuningJob> awaitAsync(
      PollingSchedule schedule, ScheduledExecutorService scheduler, JobListener listener) {
    return new AsynchronousWait(this, schedule, scheduler, listener).start(time);
  }
}
