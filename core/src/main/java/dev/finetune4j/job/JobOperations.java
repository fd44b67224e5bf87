package dev.finetune4j.job;

import dev.finetune4j.PollingSchedule;
import java.util.List;
import java.util.Optional;

/**
 * SPI: the job calls of a provider, one method per call, without loops, waiting or state.
 * Thread-safe.
 *
 * <p>Every method may throw a {@link dev.finetune4j.error.ProviderException}. A call that the
 * provider does not support throws an {@link dev.finetune4j.error.UnsupportedCapabilityException}
 * before any request.
 */
public interface JobOperations {

  /** Returns the polling schedule for callers that do not choose one. No I/O. */
  default PollingSchedule polling() {
    return PollingSchedule.standard();
  }

  /** Returns the current state of the job. One request. */
  FineTuningJob fetch(JobReference job);

  /**
   * Requests the cancellation and returns the resulting state, which may not be terminal yet. One
   * request.
   */
  FineTuningJob cancel(JobReference job);

  /** Requests a stop at the next checkpoint. One request. */
  FineTuningJob pause(JobReference job);

  /** Resumes a paused job. One request. */
  FineTuningJob resume(JobReference job);

  /**
   * Returns a page of the job's events, oldest first. One request, or a few where the service lists
   * the newest first.
   *
   * @param cursor the cursor of the previous page; empty for the first page
   */
  EventPage events(JobReference job, Optional<String> cursor);

  /** Returns the job's checkpoints, oldest first. One request per page of the service's list. */
  List<Checkpoint> checkpoints(JobReference job);

  /**
   * Returns a page of the account's jobs, newest first. One request.
   *
   * @param cursor the cursor of the previous page; empty for the first page
   */
  JobPage list(Optional<String> cursor);
}
