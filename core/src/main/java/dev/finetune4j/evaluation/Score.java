package dev.finetune4j.evaluation;

import dev.finetune4j.statistics.Bootstrap;
import dev.finetune4j.statistics.GroupedValues;
import dev.finetune4j.statistics.Interval;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The result of one grader over a whole evaluation. A failed sample counts as not passed with score
 * 0, so a model cannot look better by not answering.
 *
 * @param grader the name under which the grader was added
 * @param samples all samples, failed ones included
 * @param failures the samples without a grade, because there was no answer or the grader failed
 * @param mean the mean score over all samples; 0 without samples
 * @param passRate the share of all samples that passed, from 0 to 1
 * @param passInterval Wilson's 95 % interval of {@code passRate}; if examples were asked several
 *     times, its width follows from the number of examples, not of samples
 * @param meanInterval the 95 % interval of {@code mean}: the same as {@code passInterval} if all
 *     scores are 0 or 1, otherwise a seeded bootstrap (BCa) over examples
 */
public record Score(
    String grader,
    long samples,
    long failures,
    double mean,
    double passRate,
    Interval passInterval,
    Interval meanInterval) {

  /** Returns whether all scores are 0 or 1. */
  public boolean isPassOrFail() {
    return mean == passRate && passInterval.equals(meanInterval);
  }

  static Score of(String grader, List<SampleResult> samples) {
    GroupedValues scores = values(samples, sample -> sample.score(grader));
    GroupedValues passes = values(samples, sample -> sample.passed(grader) ? 1 : 0);
    long failures = samples.stream().filter(s -> !s.grades().containsKey(grader)).count();
    Interval passInterval = Interval.wilson(passes, Interval.USUAL_LEVEL);
    Interval meanInterval =
        isPassOrFail(grader, samples)
            ? passInterval
            : Bootstrap.biasCorrected(scores, Interval.USUAL_LEVEL);
    return new Score(
        grader, samples.size(), failures, scores.mean(), passes.mean(), passInterval, meanInterval);
  }

  /** Returns whether every score is 1 for a pass and 0 for the rest. */
  static boolean isPassOrFail(String grader, List<SampleResult> samples) {
    return samples.stream().allMatch(s -> s.score(grader) == (s.passed(grader) ? 1 : 0));
  }

  /** Returns one value for each sample, grouped by example. */
  private static GroupedValues values(
      List<SampleResult> samples, ToDoubleFunction<SampleResult> figure) {
    return GroupedValues.of(
        samples.stream().mapToDouble(figure).toArray(),
        samples.stream().map(SampleResult::index).toList());
  }
}
