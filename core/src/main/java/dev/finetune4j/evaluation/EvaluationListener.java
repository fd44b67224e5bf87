package dev.finetune4j.evaluation;

/**
 * Follows an evaluation. Called once for each finished sample, from several threads but never from
 * two at once; what it throws is logged and ignored.
 */
@FunctionalInterface
public interface EvaluationListener {

  /** A listener that does nothing. */
  EvaluationListener NONE = (name, sample, progress) -> {};

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
   * @param finished samples that are done
   * @param total all samples
   */
  record Progress(long finished, long total) {}
}
