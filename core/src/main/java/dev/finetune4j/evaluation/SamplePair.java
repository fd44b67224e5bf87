package dev.finetune4j.evaluation;

/**
 * One sample as answered by two alternatives. Immutable and thread-safe.
 *
 * @param grader the grader whose scores are compared
 * @param candidate the sample of the candidate
 * @param baseline the baseline's sample of the same example
 */
public record SamplePair(String grader, SampleResult candidate, SampleResult baseline) {

  /** Returns the candidate's score minus the baseline's; negative if the candidate is worse. */
  public double difference() {
    return candidate.score(grader) - baseline.score(grader);
  }

  boolean isGraded() {
    return candidate.grades().containsKey(grader) && baseline.grades().containsKey(grader);
  }

  /** Returns the position of the example in the data set, from 0. */
  public long index() {
    return candidate.index();
  }

  @Override
  public String toString() {
    return "SamplePair(" + index() + ", " + grader + ", " + difference() + ")";
  }
}
