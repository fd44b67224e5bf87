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

  /**
   * Returns the name in reports. A stored evaluation and a resumed run know a grader by its name,
   * so give one that grades differently another name. By default {@code grader}.
   */
  default String name() {
    return "grader";
  }

  /** Returns this grader under another name. */
  default Grader named(String name) {
    return new NamedGrader(name, this);
  }

  /** A grader with a name of its own. */
  record NamedGrader(String name, Grader grader) implements Grader {

    @Override
    public Grade grade(PromptExample example, String answer) {
      return grader.grade(example, answer);
    }

    @Override
    public Grade grade(PromptExample example, SampledAnswer answer) {
      return grader.grade(example, answer);
    }

    @Override
    public Grader named(String other) {
      return new NamedGrader(other, grader);
    }
  }
}
