package dev.finetune4j.job;

import dev.finetune4j.PollingSchedule;
import dev.finetune4j.Time;
import dev.finetune4j.error.FineTuningException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One wait for one job: what to ask, what to tell, how long to pause. Not thread-safe. */
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
   * Asks once and tells the listener; returns the job if it has ended.
   *
   * @throws JobTimeoutException if it has not, and the schedule gives up
   */
  Optional<FineTuningJob> ask() {
    FineTuningJob job = look();
    if (job != null) {
      lastSeen = job;
      listener.onSnapshot(job);
      events.handOut(listener);
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

  /** Returns how long to wait before asking again; never past the moment of giving up. */
  Duration pause() {
    Duration left = schedule.giveUpAfter().minus(waited());
    Duration wished = outage.pauseAtLeast(next);
    next = schedule.after(next);
    return wished.compareTo(left) > 0 ? left : wished;
  }

  /** Fetches the job and its new events; null if the provider cannot answer for a while. */
  private @Nullable FineTuningJob look() {
    try {
      FineTuningJob job = operations.fetch(reference);
      if (listener != JobListener.NONE) {
        fetchEvents(job);
      }
      outage.end();
      return job;
    } catch (FineTuningException failure) {
      // The first answer shows that reference and credentials are right; without it, fail at once.
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
