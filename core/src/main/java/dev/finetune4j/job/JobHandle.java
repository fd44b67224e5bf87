package dev.finetune4j.job;

import dev.finetune4j.PollingSchedule;
import dev.finetune4j.Time;
import dev.finetune4j.error.OperationInterruptedException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The verbs of one job. Made by a provider, or again after a restart from a stored {@link
 * JobReference}:
 *
 * <pre>{@code
 * JobReference reference = provider.submit(request).reference();   // store this
 * // another process, another day:
 * FineTuningJob job = provider.job(reference).await(listener);
 * }</pre>
 *
 * <p>Events arrive once per handle and in order; another handle of the same job starts again with
 * the first. Thread-safe; two waits on one handle share its events, so give each listener a handle
 * of its own.
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
   * page; none at a provider that reports no events, which hands out nothing.
   */
  public void readEvents(JobListener listener) {
    events.fetchNew();
    events.handOut(listener);
  }

  /**
   * Waits until the job reaches a terminal status and returns its last snapshot, which may be a
   * failed one.
   *
   * <p>Asks at once and then once per interval of {@code schedule}: one request for the job, and
   * one or a few for new events unless {@code listener} is {@link JobListener#NONE}; when the job
   * has ended, every page of its events is read once more, so that late ones are not missed. The
   * standard schedule pauses 5 s first, then longer and longer up to a minute, and gives up after
   * 24 h. Giving up does not cancel the job: it goes on, and goes on costing. To wait again, also
   * from another process, keep {@link #reference()} and ask the provider for {@code
   * job(reference)}.
   *
   * <p>Once the provider has answered, failures that may pass (a rate limit, an outage) do not end
   * the wait until they have lasted for 15 minutes; a rate limit's own wait is kept.
   *
   * @throws JobTimeoutException if the schedule gives up first; carries the last snapshot seen
   * @throws dev.finetune4j.error.FineTuningException if the provider refuses, or does not answer
   *     the first question, or for 15 minutes
   * @throws OperationInterruptedException if the thread is interrupted; the job is not touched
   */
  public FineTuningJob await(PollingSchedule schedule, JobListener listener) {
    JobWait wait = JobWait.start(this, schedule, listener);
    while (true) {
      Optional<FineTuningJob> ended = wait.ask();
      if (ended.isPresent()) {
        return ended.get();
      }
      OperationInterruptedException.sleep(time, wait.pause());
    }
  }

  /** Waits as {@link #await(PollingSchedule, JobListener)} does, without a listener. */
  public FineTuningJob await(PollingSchedule schedule) {
    return await(schedule, JobListener.NONE);
  }

  /** Waits as {@link #await(PollingSchedule, JobListener)} does, by the provider's schedule. */
  public FineTuningJob await(JobListener listener) {
    return await(operations.polling(), listener);
  }

  /**
   * Waits as {@link #await(PollingSchedule, JobListener)} does, by the provider's schedule and
   * without a listener.
   */
  public FineTuningJob await() {
    return await(JobListener.NONE);
  }

  /**
   * Waits without a thread of its own: each question runs on {@code scheduler}, which the caller
   * owns; the pauses are the scheduler's, by its own clock. If it is shut down before the job has
   * ended, the future completes with a {@link java.util.concurrent.RejectedExecutionException}: at
   * the next question, or about a second after {@code shutdownNow} dropped that question.
   *
   * @return completes with the last snapshot, or exceptionally as {@link #await(PollingSchedule,
   *     JobListener)} would throw, or with whatever the listener throws; cancelling it ends the
   *     wait, not the job
   * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down already
   */
  public CompletableFuture<FineTuningJob> awaitAsync(
      PollingSchedule schedule, ScheduledExecutorService scheduler, JobListener listener) {
    return new AsynchronousWait(JobWait.start(this, schedule, listener), scheduler).start();
  }

  JobOperations operations() {
    return operations;
  }

  EventReader events() {
    return events;
  }

  Time time() {
    return time;
  }
}
