package dev.finetune4j.evaluation.agreement;

import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.grading.Grade;

/**
 * An answer that a person graded.
 *
 * @param example the example that was asked
 * @param answer the answer to it
 * @param grade the person's grade
 */
public record LabelledAnswer(PromptExample example, String answer, Grade grade) {

  /** Returns an answer that a person found right. */
  public static LabelledAnswer right(PromptExample example, String answer) {
    return new LabelledAnswer(example, answer, Grade.pass());
  }

  /** Returns an answer that a person found wrong. */
  public static LabelledAnswer wrong(PromptExample example, String answer) {
    return new LabelledAnswer(example, answer, Grade.fail("A person found it wrong."));
  }

  /**
   * Returns an answer that a person scored; it is right if the score is at least {@code threshold}.
   */
  public static LabelledAnswer scored(
      PromptExample example, String answer, double score, double threshold) {
    return new LabelledAnswer(example, answer, Grade.of(score, threshold));
  }
}
