package dev.finetune4j.job;

/**
 * Is told what happens to a job while somebody waits for it. Called on the waiting thread; what a
 * listener throws ends the wait, not the job.
 *
 * <pre>
 * onSnapshot(RUNNING) → onEvent* → onSnapshot(RUNNING) → onEvent* → … → onSnapshot(SUCCEEDED) → onEvent*
 * </pre>
 */
public interface JobListener {

  /** A listener that does nothing. */
  JobListener NONE = new JobListener() {};

  /**
   * Is called with each event once, in the order of {@link JobEvent#at()}; one that arrives late
   * comes when it arrives.
   */
  default void onEvent(JobEvent event) {}

  /** Is called with each snapshot that the wait fetched, before the events that came with it. */
  default void onSnapshot(FineTuningJob job) {}
}
