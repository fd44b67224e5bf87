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
 * Controls one job. A provider returns it for a new job, and for a stored {@link JobReference}
 * after a restart:
 *
 * <pre>{@code
 * JobReference reference = provider.submit(request).reference();   // store this
 * // in another process:
 * FineTuningJob job = provider.job(reference).await(listener);
 * }</pre>
 *
 * <p>Each handle delivers every event once and in order. Thread-safe; two waits on one handle share
 * its events, so use a handle for each listener.
 */
public final class JobHandle {
  private final JobReference reference;
  private final JobOperations operations;
  private final Time time;
  private final EventReader events;

  /** Creates a handle; used by providers. No I/O. */
  public JobHandle(JobReference reference, JobOperations operations, Time time) {
    this.reference = Objects.requireNonNull(reference, "reference");
    this.operations = Objects.requireNonNull(operations, "operations");
    this.time = Objects.requireNonNull(time, "time");
    this.events = new EventReader(reference, operations);
  }

  /** Returns the reference, with which any process can find the job again. No I/O. */
  public JobReference reference() {
    return reference;
  }

  /** Returns the current state of the job. One request. */
  public FineTuningJob refresh() {
    return operations.fetch(reference);
  }

  /**
   * Requests the cancellation and returns the resulting state, which may not be terminal yet. One
   * request.
   */
  public FineTuningJob cancel() {
    return operations.cancel(reference);
  }

  /** Requests a stop at the next checkpoint. One request. */
  public FineTuningJob pause() {
    return operations.pause(reference);
  }

  /** Resumes a paused job. One request. */
  public FineTuningJob resume() {
    return operations.resume(reference);
  }

  /** Returns the job's checkpoints, oldest first. One or more requests. */
  public List<Checkpoint> checkpoints() {
    return operations.checkpoints(reference);
  }

  /**
   * Delivers the events that this handle has not delivered yet. One request per page; no request
   * and no events at a provider without events.
   */
  public void readEvents(JobListener listener) {
    events.fetchNew();
    events.deliver(listener);
  }

  /**
   * Waits until the job reaches a terminal status and returns its last snapshot, which may be a
   * failed one.
   *
   * <p>Polls at once and then once per interval of {@code schedule}: one request for the job, and
   * one or a few for new events unless {@code listener} is {@link JobListener#NONE}. When the job
   * has ended, all pages of events are read again, so that late events are not missed. The standard
   * schedule pauses 5 s first, then increasingly longer, up to a minute, and gives up after 24 h.
   * Giving up or an interrupt does not cancel the job, which may cost more. To wait again, also in
   * another process, use {@link #reference()} with the provider's {@code job(reference)}.
   *
   * <p>After the first answer, temporary failures (a rate limit, an outage) end the wait only if
   * they last for 15 minutes. The pause that a rate limit asks for is respected.
   *
   * @throws JobTimeoutException if the schedule gives up; carries the last snapshot
   * @throws dev.finetune4j.error.FineTuningException if the provider refuses, or does not answer
   *     the first poll or for 15 minutes
   * @throws OperationInterruptedException if the thread is interrupted while waiting
   */
  public FineTuningJob await(PollingSchedule schedule, JobListener listener) {
    JobWait wait = JobWait.start(this, schedule, listener);
    while (true) {
      Optional<FineTuningJob> ended = wait.poll();
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

  /** Waits as {@link #await(PollingSchedule, JobListener)} does, with the provider's schedule. */
  public FineTuningJob await(JobListener listener) {
    return await(operations.polling(), listener);
  }

  /** Waits as {@link #await(JobListener)} does, without a listener. */
  public FineTuningJob await() {
    return await(JobListener.NONE);
  }

  /**
   * Waits without blocking a thread: each poll runs on {@code scheduler}, which the caller owns and
   * whose clock times the pauses. If the scheduler is shut down before the job has ended, the
   * future completes with a {@link java.util.concurrent.RejectedExecutionException}: at the next
   * poll, or about a second after {@code shutdownNow} dropped that poll.
   *
   * @return completes with the last snapshot, or exceptionally as {@link #await(PollingSchedule,
   *     JobListener)} would throw, or with the listener's exception; cancelling it ends the wait,
   *     not the job
   * @throws java.util.concurrent.RejectedExecutionException if the scheduler is already shut down
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
