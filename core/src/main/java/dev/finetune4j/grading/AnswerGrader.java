package dev.finetune4j.grading;

import dev.finetune4j.dataset.PromptExample;

/**
 * A grader that looks at more than the text: tool calls, tokens, time. Implementations are
 * thread-safe.
 */
@FunctionalInterface
public interface AnswerGrader extends Grader {

  @Override
  Grade grade(PromptExample example, SampledAnswer answer);

  /** Judges a text of which nothing else is known: no tool calls, no tokens, no time. */
  @Override
  default Grade grade(PromptExample example, String answer) {
    return grade(example, SampledAnswer.of(answer));
  }
}
