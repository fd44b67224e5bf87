package dev.finetune4j.evaluation;

import java.time.Duration;

/**
 * Is notified of the progress of an evaluation, on the thread that runs it. Exceptions that it
 * throws are logged and ignored.
 */
@FunctionalInterface
public interface EvaluationListener {

  /** A listener that does nothing. */
  EvaluationListener NONE = (name, sample, progress) -> {};

  /**
   * Called when the evaluation of an alternative starts. Does nothing by default.
   *
   * @param name the name of the alternative
   * @param total the number of all samples
   * @param kept the samples that earlier runs finished, which are not asked again
   * @param underWay the samples that were being asked when an earlier run died: the service may
   *     charge for them twice
   */
  default void started(String name, long total, long kept, long underWay) {}

  /**
   * Called when a sample is finished, successfully or not.
   *
   * @param name the name of the alternative
   * @param sample the sample
   * @param progress the progress, including this sample
   */
  void sampleFinished(String name, SampleResult sample, Progress progress);

  /**
   * The progress of an evaluation.
   *
   * @param finished finished samples, including those of earlier runs
   * @param total the number of all samples
   * @param failures finished samples that failed
   * @param now samples that this run finished
   * @param elapsed how long this run has taken so far
   */
  record Progress(long finished, long total, long failures, long now, Duration elapsed) {

    /** Returns how many samples this run finishes per second; 0 if no time has passed. */
    public double perSecond() {
      return elapsed.isZero() ? 0 : now * 1e9 / elapsed.toNanos();
    }

    /** Returns how long the remaining samples take at the current pace; zero if it is unknown. */
    public Duration remaining() {
      return now == 0
          ? Duration.ZERO
          : Duration.ofNanos((long) ((double) elapsed.toNanos() / now * (total - finished)));
    }
  }
}
