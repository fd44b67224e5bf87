package dev.finetune4j.job;

import java.time.Instant;

/**
 * Something that happened to a job. Sealed; members may be added in a minor version that says so.
 */
public sealed interface JobEvent {

  /** Returns the id of the event, unique within its job. */
  String id();

  /** Returns when it happened, by the provider's clock. */
  Instant at();

  /** The levels of a message. */
  enum Level {
    /** All is well. */
    INFO,
    /** Worth a look. */
    WARNING,
    /** Something failed. */
    ERROR
  }

  /**
   * The job changed its status.
   *
   * @param id unique within the job
   * @param at when
   * @param status the new status
   */
  record StatusChanged(String id, Instant at, JobStatus status) implements JobEvent {}

  /**
   * The job measured itself.
   *
   * @param id unique within the job
   * @param at when
   * @param metrics the figures
   */
  record MetricsRecorded(String id, Instant at, TrainingMetrics metrics) implements JobEvent {}

  /**
   * The job saved its state.
   *
   * @param id unique within the job
   * @param at when
   * @param checkpoint what was saved
   */
  record CheckpointSaved(String id, Instant at, Checkpoint checkpoint) implements JobEvent {}

  /**
   * The job said something.
   *
   * @param id unique within the job
   * @param at when
   * @param level how bad it is
   * @param text the words
   */
  record MessageLogged(String id, Instant at, Level level, String text) implements JobEvent {}

  /**
   * What the provider added since this version was made.
   *
   * @param id unique within the job
   * @param at when
   * @param type the provider's word for it
   * @param json the whole event as it came
   */
  record Unrecognized(String id, Instant at, String type, String json) implements JobEvent {}
}
