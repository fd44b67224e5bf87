package dev.finetune4j.evaluation;

import dev.finetune4j.statistics.Bootstrap;
import dev.finetune4j.statistics.GroupedValues;
import dev.finetune4j.statistics.Interval;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Works out what one grader says of all samples. */
final class Scoring {
  private Scoring() {}

  static Score score(String grader, List<SampleResult> samples) {
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

  /** Returns one figure of each sample; answers to one example belong together. */
  private static GroupedValues values(
      List<SampleResult> samples, ToDoubleFunction<SampleResult> figure) {
    return GroupedValues.of(
        samples.stream().mapToDouble(figure).toArray(),
        samples.stream().map(SampleResult::index).toList());
  }
}
