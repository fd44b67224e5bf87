package dev.finetune4j.evaluation;

import java.util.List;

/** Works out what one grader says of all samples. */
final class Scoring {
  private Scoring() {}

  static Score score(String grader, List<SampleResult> samples) {
    double[] scores = samples.stream().mapToDouble(sample -> sample.score(grader)).toArray();
    long passed = samples.stream().filter(sample -> sample.passed(grader)).count();
    long failures = samples.stream().filter(s -> !s.grades().containsKey(grader)).count();
    long count = samples.size();
    Interval passInterval = Interval.wilson(passed, count, Interval.USUAL_LEVEL);
    Interval meanInterval =
        isPassOrFail(grader, samples)
            ? passInterval
            : Bootstrap.ofMean(scores, Interval.USUAL_LEVEL);
    double passRate = count == 0 ? 0 : (double) passed / count;
    return new Score(grader, count, failures, mean(scores), passRate, passInterval, meanInterval);
  }

  /** Returns whether every score is 1 for a pass and 0 for the rest. */
  static boolean isPassOrFail(String grader, List<SampleResult> samples) {
    return samples.stream().allMatch(s -> s.score(grader) == (s.passed(grader) ? 1 : 0));
  }

  static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return values.length == 0 ? 0 : sum / values.length;
  }
}
