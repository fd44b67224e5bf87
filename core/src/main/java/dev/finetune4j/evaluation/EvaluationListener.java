package dev.finetune4j.evaluation;

import java.time.Duration;

/**
 * Follows an evaluation. Called once for each finished sample, from the thread that runs the
 * evaluation; what it throws is logged and ignored.
 */
@FunctionalInterface
public interface EvaluationListener {

  /** A listener that does nothing. */
  EvaluationListener NONE = (name, sample, progress) -> {};

  /**
   * The evaluation of an alternative begins. Does nothing if not overridden.
   *
   * @param name the alternative that is measured
   * @param total all samples
   * @param kept those of them that a run before this one has finished; they are not asked again
   * @param underWay those of the rest that were asked when a run before this one died: the service
   *     may have answered, and charge, them twice
   */
  default void started(String name, long total, long kept, long underWay) {}

  /**
   * A sample is finished, well or not.
   *
   * @param name the alternative that is measured
   * @param sample the sample
   * @param progress how far the evaluation is, this sample included
   */
  void sampleFinished(String name, SampleResult sample, Progress progress);

  /**
   * How far an evaluation is.
   *
   * @param finished samples that are done, those of a run before this one included
   * @param total all samples
   * @param failures those among the finished that failed
   * @param now samples that this run has finished
   * @param elapsed how long this run has gone on
   */
  record Progress(long finished, long total, long failures, long now, Duration elapsed) {

    /** Returns how many samples this run finishes in a second; 0 if no time has passed. */
    public double perSecond() {
      return elapsed.isZero() ? 0 : now * 1e9 / elapsed.toNanos();
    }

    /** Returns how long the rest takes if it goes on so; zero while nothing is known. */
    public Duration remaining() {
      return now == 0
          ? Duration.ZERO
          : Duration.ofNanos((long) ((double) elapsed.toNanos() / now * (total - finished)));
    }
  }
}
