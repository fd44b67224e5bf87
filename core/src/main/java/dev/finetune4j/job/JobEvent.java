package dev.finetune4j.job;

import java.time.Instant;

/** Something that happened to a job. A minor version may add kinds of events, and then says so. */
public sealed interface JobEvent {

  /** Returns the id of the event, unique within its job. */
  String id();

  /** Returns the time, by the provider's clock. */
  Instant at();

  /** The levels of a message. */
  enum Level {
    /** Information. */
    INFO,
    /** A possible problem. */
    WARNING,
    /** A failure. */
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
   * The job reported metrics.
   *
   * @param id unique within the job
   * @param at when
   * @param metrics the metrics
   */
  record MetricsRecorded(String id, Instant at, TrainingMetrics metrics) implements JobEvent {}

  /**
   * The job saved a checkpoint.
   *
   * @param id unique within the job
   * @param at when
   * @param checkpoint the checkpoint
   */
  record CheckpointSaved(String id, Instant at, Checkpoint checkpoint) implements JobEvent {}

  /**
   * The job logged a message.
   *
   * @param id unique within the job
   * @param at when
   * @param level the severity
   * @param text the message
   */
  record MessageLogged(String id, Instant at, Level level, String text) implements JobEvent {}

  /**
   * An event of a kind that this version of the library does not know.
   *
   * @param id unique within the job
   * @param at when
   * @param type the provider's name of the kind
   * @param json the complete event as received
   */
  record Unrecognized(String id, Instant at, String type, String json) implements JobEvent {}
}
