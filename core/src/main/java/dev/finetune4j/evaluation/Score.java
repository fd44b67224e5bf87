package dev.finetune4j.evaluation;

import dev.finetune4j.statistics.Interval;

/**
 * What one grader says of a whole evaluation. A sample that failed counts as not passed, with score
 * 0: a model does not look better by not answering.
 *
 * @param grader the name under which the grader was added
 * @param samples all samples, failed ones included
 * @param failures the samples that this grader could not grade: no answer came, or the grader broke
 * @param mean the mean score over all samples; 0 if there are none
 * @param passRate the share of all samples that passed, from 0 to 1
 * @param passInterval Wilson's 95 % interval of {@code passRate}; where examples were asked several
 *     times, as wide as their number allows, not that of the samples
 * @param meanInterval the 95 % interval of {@code mean}: the same as {@code passInterval} where
 *     scores are only 0 and 1, else the seeded bootstrap (BCa) that draws whole examples
 */
public record Score(
    String grader,
    long samples,
    long failures,
    double mean,
    double passRate,
    Interval passInterval,
    Interval meanInterval) {

  /** Returns whether scores say no more than passed or not: all were 0 or 1. */
  public boolean isPassOrFail() {
    return mean == passRate && passInterval.equals(meanInterval);
  }
}
