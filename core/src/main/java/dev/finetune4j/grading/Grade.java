package dev.finetune4j.grading;

import java.util.Optional;

/**
 * A grader's judgement of one answer.
 *
 * @param score from 0 (useless) to 1 (perfect) unless the grader says otherwise
 * @param passed whether the answer counts as right
 * @param reason a readable reason
 */
public record Grade(double score, boolean passed, Optional<String> reason) {

  /** Returns full marks. */
  public static Grade pass() {
    return new Grade(1, true, Optional.empty());
  }

  /** Returns no marks, with the reason. */
  public static Grade fail(String reason) {
    return new Grade(0, false, Optional.of(reason));
  }

  /** Returns a score that passes at {@code threshold} or above. */
  public static Grade of(double score, double threshold) {
    return new Grade(score, score >= threshold, Optional.empty());
  }
}
