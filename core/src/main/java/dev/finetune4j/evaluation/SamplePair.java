package dev.finetune4j.evaluation;

/**
 * One example as two alternatives answered it. Immutable and thread-safe.
 *
 * @param grader the grader whose scores are compared
 * @param candidate the sample of the alternative on trial
 * @param baseline the sample of the alternative that it is held against; of the same example
 */
public record SamplePair(String grader, SampleResult candidate, SampleResult baseline) {

  /** Returns the candidate's score minus the baseline's; below 0 the candidate did worse. */
  public double difference() {
    return candidate.score(grader) - baseline.score(grader);
  }

  /** Returns the place of the example in the data set, the first being 0. */
  public long index() {
    return candidate.index();
  }

  @Override
  public String toString() {
    return "SamplePair(" + index() + ", " + grader + ", " + difference() + ")";
  }
}
