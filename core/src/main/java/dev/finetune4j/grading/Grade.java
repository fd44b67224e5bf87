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
  private static final int EXCERPT = 80;

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

  /** Returns the start of {@code text}, at most 80 characters, for the reason of a grade. */
  public static String excerpt(String text) {
    if (text.length() <= EXCERPT) {
      return text;
    }
    // A surrogate pair must not be cut in two.
    int end = Character.isHighSurrogate(text.charAt(EXCERPT - 1)) ? EXCERPT - 1 : EXCERPT;
    return text.substring(0, end) + "…";
  }
}
