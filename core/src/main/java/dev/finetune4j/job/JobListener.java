package dev.finetune4j.job;

/**
 * Receives the snapshots and events of a job during a wait, on the waiting thread. An exception
 * that a listener throws ends the wait, not the job.
 *
 * <pre>
 * onSnapshot(RUNNING) → onEvent* → onSnapshot(RUNNING) → onEvent* → … → onSnapshot(SUCCEEDED) → onEvent*
 * </pre>
 */
public interface JobListener {

  /** A listener that does nothing. */
  JobListener NONE = new JobListener() {};

  /**
   * Called with each event once, in the order of {@link JobEvent#at()}; a late event comes when it
   * arrives.
   */
  default void onEvent(JobEvent event) {}

  /** Called with each snapshot that was fetched, before the events fetched with it. */
  default void onSnapshot(FineTuningJob job) {}
}
