package dev.finetune4j.grading;

import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.dataset.ReferenceValue;
import dev.finetune4j.inference.TokenUsage;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Creates graders that need no model. By default they compare the answer with the reference {@link
 * PromptExample#ANSWER}; {@link #onReference} selects another one. All are thread-safe and send no
 * requests.
 */
public final class Graders {
  private Graders() {}

  /** Passes an answer that equals the reference, character by character. */
  public static Grader exact() {
    return comparing(TextGrades::exact).named("exact").withVersion("exact");
  }

  /**
   * Passes an answer that equals the reference once both are in one case and one form of their
   * characters (NFKC), without punctuation and with single spaces between words. Signs that carry
   * meaning stay: -5, 3.5, C#, .NET, AT&amp;T, 50%, 1/2, x^2. The same are: 1,000 and 1000, U.S.A.
   * and USA, don't and dont.
   */
  public static Grader normalised() {
    return comparing(TextGrades::normalised).named("normalised").withVersion("normalised");
  }

  /** Passes an answer that contains the reference; an empty reference always passes. */
  public static Grader contains() {
    return comparing(TextGrades::contains).named("contains").withVersion("contains");
  }

  /**
   * Passes an answer in which {@code pattern} is found; needs no reference. A search that takes too
   * many steps or overflows the stack throws, so that the sample has no grade.
   *
   * @throws java.util.regex.PatternSyntaxException if it is not a pattern
   */
  public static Grader regex(String pattern) {
    LimitedPattern compiled = LimitedPattern.of(pattern);
    Grader grader =
        (example, answer) ->
            compiled.isFoundIn(answer)
                ? Grade.pass()
                : Grade.fail("The pattern \"" + pattern + "\" is not found in the answer.");
    return grader.named("regex").withVersion("regex " + pattern);
  }

  /**
   * Passes an answer that is the same JSON as the reference: the order of members and the spelling
   * of numbers do not matter, the order of items does.
   */
  public static Grader jsonEquality() {
    return comparing(JsonGrades::equality).named("JSON equality").withVersion("jsonEquality");
  }

  /**
   * Scores an answer that is a JSON array by the F1 of its items against those of the reference, in
   * any order; repeated items count repeatedly. Passes at 1.
   */
  public static Grader jsonSetF1() {
    return jsonSetF1(1);
  }

  /** Scores like {@link #jsonSetF1()} and passes at {@code threshold} or above. */
  public static Grader jsonSetF1(double threshold) {
    return comparing((reference, answer) -> JsonGrades.setF1(reference, answer, threshold))
        .named("set F1")
        .withVersion("jsonSetF1 " + threshold);
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
    return comparing((reference, answer) -> JsonGrades.fieldF1(reference, answer, threshold))
        .named("field F1")
        .withVersion("jsonFieldF1 " + threshold);
  }

  /**
   * Passes an answer whose last number is at most {@code tolerance} from that of the reference; a
   * number in {@code \boxed{}} or after {@code ####} counts instead. Numbers beside the answer are
   * left out: in a parenthesis with words, {@code 10} in {@code 3 of 10}, {@code between 3 and 5},
   * the pounds of {@code 5 kg, about 11 lb}. Understands groups of digits ({@code 1,234,567},
   * {@code 1 234}), decimal commas ({@code 1,5}), fractions, powers of ten, percent, scale words,
   * currency signs and Unicode's digits and minus signs; units are ignored. A single comma before
   * three digits parts a group: use {@link #numeric(double, Locale)} if it is not so in your texts.
   */
  public static Grader numeric(double tolerance) {
    return numeric(tolerance, Numbers.ofAnyLocale());
  }

  /** Grades like {@link #numeric(double)} with the decimal separator of {@code locale}. */
  public static Grader numeric(double tolerance, Locale locale) {
    return numeric(tolerance, Numbers.of(locale));
  }

  private static Grader numeric(double tolerance, Numbers numbers) {
    if (!(tolerance >= 0)) {
      throw new IllegalArgumentException("tolerance must be at least 0, was " + tolerance);
    }
    return comparing(
            (reference, answer) ->
                TextGrades.numeric(reference, answer, wanted -> tolerance, numbers))
        .named("numeric")
        .withVersion("numeric " + tolerance + " " + numbers);
  }

  /**
   * Passes an answer whose last number is at most {@code share} of the reference away from it: 0.01
   * allows one per cent.
   */
  public static Grader numericWithin(double share) {
    if (!(share >= 0)) {
      throw new IllegalArgumentException("share must be at least 0, was " + share);
    }
    Numbers numbers = Numbers.ofAnyLocale();
    return comparing(
            (reference, answer) ->
                TextGrades.numeric(reference, answer, wanted -> share * Math.abs(wanted), numbers))
        .named("numeric")
        .withVersion("numericWithin " + share + " " + numbers);
  }

  /**
   * Passes an answer that is JSON and fits {@code schemaJson}, a JSON Schema of draft 2020-12 or of
   * the draft that it names; needs no reference. Needs the library {@code
   * com.networknt:json-schema-validator} (3.0), which the application adds. What the schema refers
   * to is not fetched.
   *
   * @throws IllegalArgumentException if it is not a JSON object
   * @throws IllegalStateException if the library is not on the class path
   */
  public static Grader jsonSchema(String schemaJson) {
    try {
      return JsonSchemaGrader.of(schemaJson)
          .named("JSON Schema")
          .withVersion("jsonSchema " + schemaJson);
    } catch (NoClassDefFoundError e) {
      throw new IllegalStateException(
          "Checking JSON Schemas needs com.networknt:json-schema-validator on the class path.", e);
    }
  }

  /**
   * Scores the tool calls of an answer by their F1 against the expected ones in the reference
   * {@code tool_calls}, as JSON: a list of {@code {"name", "arguments"}} or of OpenAI's form. Names
   * must be equal and arguments the same JSON; order and ids do not matter. An empty list means
   * that no tool should be called. Passes at 1.
   */
  public static Grader toolCalls() {
    return toolCalls("tool_calls");
  }

  /** Scores like {@link #toolCalls()} by the reference of that name. */
  public static Grader toolCalls(String reference) {
    return new ToolCallGrader(reference).named("tool calls").withVersion("toolCalls " + reference);
  }

  /** Passes an answer that came within {@code limit}, measured from question to whole answer. */
  public static Grader latencyWithin(Duration limit) {
    return answerGrader(
        "latency",
        "latencyWithin " + limit,
        (example, answer) ->
            answer.latency().compareTo(limit) <= 0
                ? Grade.pass()
                : Grade.fail("It took " + answer.latency() + "; the limit is " + limit + "."));
  }

  /**
   * Passes an answer that took at most {@code tokens}, question and answer together, as the server
   * reported them.
   *
   * <p>It throws if the server reported no usage: such samples have no grade.
   */
  public static Grader tokensWithin(long tokens) {
    return answerGrader(
        "tokens",
        "tokensWithin " + tokens,
        (example, answer) -> {
          long total = reported(answer).total();
          return total <= tokens
              ? Grade.pass()
              : Grade.fail("It took " + total + " tokens; the limit is " + tokens + ".");
        });
  }

  /** Grades by a function of reference and answer, which must be thread-safe. */
  public static Grader comparing(BiFunction<String, String, Grade> function) {
    return (example, answer) ->
        function.apply(example.requireReference(PromptExample.ANSWER), answer);
  }

  /** Makes {@code grader} compare with the reference {@code name} instead of the default one. */
  public static Grader onReference(String name, Grader grader) {
    return answerGrader(
        grader.name(),
        "onReference " + name + ": " + identity(grader),
        (example, answer) -> {
          example.requireReference(name);
          Map<String, ReferenceValue> reference = new LinkedHashMap<>(example.reference());
          Optional.ofNullable(reference.get(name))
              .ifPresent(value -> reference.put(PromptExample.ANSWER, value));
          return grader.grade(
              new PromptExample(example.prompt(), reference, example.tools()), answer);
        });
  }

  /** Returns what tells a grader inside another from others: its version, else its name. */
  static String identity(Grader grader) {
    return grader.version().isEmpty() ? grader.name() : grader.version();
  }

  private static TokenUsage reported(SampledAnswer answer) {
    if (answer.usage().equals(TokenUsage.NONE)) {
      throw new IllegalStateException("The server did not report its token usage.");
    }
    return answer.usage();
  }

  private static Grader answerGrader(String name, String version, AnswerGrader grader) {
    return grader.named(name).withVersion(version);
  }
}
