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
   * Returns the name in reports. Stored samples of an evaluation know a grader by its name, so give
   * one that grades differently another name. By default {@code grader}.
   */
  default String name() {
    return "grader";
  }

  /**
   * Returns what tells this grader from others with its name: kind and parameters of a built-in
   * grader, or what was given to {@link #withVersion}. A resumed run refuses a grader with another
   * version. By default empty.
   */
  default String version() {
    return "";
  }

  /** Returns this grader under another name. */
  default Grader named(String name) {
    return new NamedGrader(name, version(), this);
  }

  /**
   * Returns this grader with a version, for example {@code "2"}. Change it whenever the code of the
   * grader changes, so that a run that was started with the old code is not resumed with the new.
   */
  default Grader withVersion(String version) {
    return new NamedGrader(name(), version, this);
  }

  /** A grader with a name and a version of its own. */
  record NamedGrader(String name, String version, Grader grader) implements Grader {

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
      return new NamedGrader(other, version, grader);
    }

    @Override
    public Grader withVersion(String other) {
      return new NamedGrader(name, other, grader);
    }
  }
}
