package dev.finetune4j.grading;

import dev.finetune4j.dataset.PromptExample;

/**
 * Judges one answer, on this machine. Implementations are thread-safe and give the same grade to
 * the same answer.
 */
@FunctionalInterface
public interface Grader {

  /**
   * Judges {@code answer} by what {@code example} says of a good one.
   *
   * @throws RuntimeException if the grader itself cannot work on this example; the evaluation
   *     records it as a failed sample
   */
  Grade grade(PromptExample example, String answer);

  /**
   * Judges a whole answer; what an evaluation calls. By default only its text counts; an {@link
   * AnswerGrader} looks at tool calls, tokens and time too.
   *
   * @throws RuntimeException as for a text
   */
  default Grade grade(PromptExample example, SampledAnswer answer) {
    return grade(example, answer.text());
  }
}
