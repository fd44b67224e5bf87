package dev.finetune4j.job;

import dev.finetune4j.PollingSchedule;
import java.util.List;
import java.util.Optional;

/**
 * SPI: what a provider can do with jobs, one call each: no loops, no waiting, no state.
 * Thread-safe.
 *
 * <p>Every method may throw a {@link dev.finetune4j.error.ProviderException}. What the provider
 * cannot do throws {@link dev.finetune4j.error.UnsupportedCapabilityException} before any request.
 */
public interface JobOperations {

  /** Returns how often to ask about a job when the caller does not say. No I/O. */
  default PollingSchedule polling() {
    return PollingSchedule.standard();
  }

  /** Returns the job as it is now. One request. */
  FineTuningJob fetch(JobReference job);

  /**
   * Asks to end the job for good and returns it as it is then, which may not be ended yet. One
   * request.
   */
  FineTuningJob cancel(JobReference job);

  /** Asks to stop the job at its next checkpoint. One request. */
  FineTuningJob pause(JobReference job);

  /** Asks to go on with a paused job. One request. */
  FineTuningJob resume(JobReference job);

  /**
   * Returns a page of the job's events, oldest first. One request, or a few where the service lists
   * the newest first.
   *
   * @param cursor where the page before ended; empty for the first page
   */
  EventPage events(JobReference job, Optional<String> cursor);

  /** Returns the job's checkpoints, oldest first. One request per page of the service's list. */
  List<Checkpoint> checkpoints(JobReference job);

  /**
   * Returns a page of the account's jobs, newest first. One request.
   *
   * @param cursor where the page before ended; empty for the first page
   */
  JobPage list(Optional<String> cursor);
}
