package dev.finetune4j.simulator.openai;

import java.time.Duration;

/**
 * Durations on the simulator's clock. Immutable and thread-safe.
 *
 * @param fileProcessing from the upload of a file until it is {@code processed}
 * @param validating how long a job checks its files
 * @param queued how long a job waits after that, and again after each resume
 * @param training how long a job runs
 * @param modelLoading from a job's success until its model answers
 * @param batch from the creation of a batch until its output is there
 */
public record SimulatedDurations(
    Duration fileProcessing,
    Duration validating,
    Duration queued,
    Duration training,
    Duration modelLoading,
    Duration batch) {

  /**
   * Returns the usual ones: files at once, a job that checks for 30 s, waits for 1 min and trains
   * for 20 min, a model that answers at once, a batch of 10 min.
   */
  public static SimulatedDurations standard() {
    return new SimulatedDurations(
        Duration.ZERO,
        Duration.ofSeconds(30),
        Duration.ofMinutes(1),
        Duration.ofMinutes(20),
        Duration.ZERO,
        Duration.ofMinutes(10));
  }

  /** Returns the same with another time until a file is processed. */
  public SimulatedDurations withFileProcessing(Duration duration) {
    return new SimulatedDurations(duration, validating, queued, training, modelLoading, batch);
  }

  /** Returns the same with another time in the queue. */
  public SimulatedDurations withQueued(Duration duration) {
    return new SimulatedDurations(
        fileProcessing, validating, duration, training, modelLoading, batch);
  }

  /** Returns the same with another time of training. */
  public SimulatedDurations withTraining(Duration duration) {
    return new SimulatedDurations(
        fileProcessing, validating, queued, duration, modelLoading, batch);
  }

  /** Returns the same with another time until a new model answers. */
  public SimulatedDurations withModelLoading(Duration duration) {
    return new SimulatedDurations(fileProcessing, validating, queued, training, duration, batch);
  }

  /** Returns the same with another time for a batch. */
  public SimulatedDurations withBatch(Duration duration) {
    return new SimulatedDurations(
        fileProcessing, validating, queued, training, modelLoading, duration);
  }
}
