package dev.finetune4j.job;

import dev.finetune4j.PollingSchedule;
import dev.finetune4j.Time;
import dev.finetune4j.error.FineTuningException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The state of one wait for one job. Not thread-safe. */
final class JobWait {
  private final JobReference reference;
  private final JobOperations operations;
  private final EventReader events;
  private final PollingSchedule schedule;
  private final JobListener listener;
  private final Time time;
  private final Instant started;
  private final Outage outage = new Outage();
  private @Nullable FineTuningJob lastSeen;
  private Duration next;

  private JobWait(JobHandle handle, PollingSchedule schedule, JobListener listener) {
    this.reference = handle.reference();
    this.operations = handle.operations();
    this.events = handle.events();
    this.time = handle.time();
    this.schedule = schedule;
    this.listener = listener;
    this.started = time.now();
    this.next = schedule.first();
  }

  static JobWait start(JobHandle handle, PollingSchedule schedule, JobListener listener) {
    return new JobWait(handle, schedule, listener);
  }

  /**
   * Polls once and notifies the listener; returns the job if it has ended.
   *
   * @throws JobTimeoutException if it has not ended and the schedule gives up
   */
  Optional<FineTuningJob> poll() {
    FineTuningJob job = fetch();
    if (job != null) {
      lastSeen = job;
      listener.onSnapshot(job);
      events.deliver(listener);
      if (job.status().isTerminal()) {
        return Optional.of(job);
      }
    }
    Duration waited = waited();
    if (lastSeen != null && waited.compareTo(schedule.giveUpAfter()) >= 0) {
      throw new JobTimeoutException(lastSeen, waited);
    }
    return Optional.empty();
  }

  /** Returns the pause before the next poll, at most until the schedule gives up. */
  Duration pause() {
    Duration left = schedule.giveUpAfter().minus(waited());
    Duration pause = outage.pauseAtLeast(next);
    next = schedule.after(next);
    return pause.compareTo(left) > 0 ? left : pause;
  }

  /** Fetches the job and its new events; null during an outage. */
  private @Nullable FineTuningJob fetch() {
    try {
      FineTuningJob job = operations.fetch(reference);
      if (listener != JobListener.NONE) {
        fetchEvents(job);
      }
      outage.end();
      return job;
    } catch (FineTuningException failure) {
      // Only after a first answer are reference and credentials known to be right.
      if (lastSeen == null) {
        throw failure;
      }
      outage.tolerate(failure, time.now());
      return null;
    }
  }

  private void fetchEvents(FineTuningJob job) {
    if (job.status().isTerminal()) {
      events.fetchAll();
    } else {
      events.fetchNew();
    }
  }

  private Duration waited() {
    return Duration.between(started, time.now());
  }
}
