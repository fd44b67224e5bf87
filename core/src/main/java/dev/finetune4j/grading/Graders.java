package dev.finetune4j.grading;

import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.dataset.ReferenceValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/**
 * Makes the graders that need no model. Unless said otherwise they compare the answer with the
 * reference {@link PromptExample#ANSWER}; {@link #onReference} points one at another. All are
 * thread-safe and take no request.
 */
public final class Graders {
  private Graders() {}

  /** Passes an answer that equals the reference, character by character. */
  public static Grader exact() {
    return comparing(TextGrades::exact);
  }

  /**
   * Passes an answer that equals the reference once both are in lower case, without punctuation and
   * with single spaces between words. Symbols such as + and % stay.
   */
  public static Grader normalised() {
    return comparing(TextGrades::normalised);
  }

  /** Passes an answer that holds the reference somewhere; an empty reference always is. */
  public static Grader contains() {
    return comparing(TextGrades::contains);
  }

  /**
   * Passes an answer in which {@code pattern} is found; needs no reference.
   *
   * @throws java.util.regex.PatternSyntaxException if it is not a pattern
   */
  public static Grader regex(String pattern) {
    Pattern compiled = Pattern.compile(pattern);
    return (example, answer) ->
        compiled.matcher(answer).find()
            ? Grade.pass()
            : Grade.fail("The pattern \"" + pattern + "\" is not found in the answer.");
  }

  /**
   * Passes an answer that is the same JSON as the reference: the order of members and the spelling
   * of numbers do not matter, the order of items does.
   */
  public static Grader jsonEquality() {
    return comparing(JsonGrades::equality);
  }

  /**
   * Scores an answer that is a JSON array by the F1 of its items against those of the reference,
   * order left out of account; an item counts as often as it stands there. Passes at 1.
   */
  public static Grader jsonSetF1() {
    return jsonSetF1(1);
  }

  /** Scores like {@link #jsonSetF1()} and passes at {@code threshold} or above. */
  public static Grader jsonSetF1(double threshold) {
    return comparing((reference, answer) -> JsonGrades.setF1(reference, answer, threshold));
  }

  /**
   * Scores an answer that is JSON by the F1 of its fields, each a path with its value, against
   * those of the reference. Passes at 1.
   */
  public static Grader jsonFieldF1() {
    return jsonFieldF1(1);
  }

  /** Scores like {@link #jsonFieldF1()} and passes at {@code threshold} or above. */
  public static Grader jsonFieldF1(double threshold) {
    return comparing((reference, answer) -> JsonGrades.fieldF1(reference, answer, threshold));
  }

  /**
   * Passes an answer whose last number is at most {@code tolerance} from the reference. Commas
   * between groups of three digits are understood.
   */
  public static Grader numeric(double tolerance) {
    if (!(tolerance >= 0)) {
      throw new IllegalArgumentException("A tolerance is at least 0, not " + tolerance + ".");
    }
    return comparing((reference, answer) -> NumericGrade.of(reference, answer, tolerance));
  }

  /** Grades by a function of reference and answer, which must be thread-safe. */
  public static Grader comparing(BiFunction<String, String, Grade> function) {
    return (example, answer) ->
        function.apply(example.requireReference(PromptExample.ANSWER), answer);
  }

  /** Points {@code grader} at the reference {@code name} in place of the usual one. */
  public static Grader onReference(String name, Grader grader) {
    return answerGrader(
        (example, answer) -> {
          example.requireReference(name);
          Map<String, ReferenceValue> reference = new LinkedHashMap<>(example.reference());
          Optional.ofNullable(reference.get(name))
              .ifPresent(value -> reference.put(PromptExample.ANSWER, value));
          return grader.grade(
              new PromptExample(example.prompt(), reference, example.tools()), answer);
        });
  }

  private static Grader answerGrader(AnswerGrader grader) {
    return grader;
  }
}
