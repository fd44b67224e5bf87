package dev.finetune4j.grading;

import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;

/** Compares texts. */
final class TextGrades {
  private static final Pattern SPACE = Pattern.compile("[\\s\\p{Z}]+");
  private static final Pattern PUNCTUATION = Pattern.compile("\\p{IsPunctuation}");

  private TextGrades() {}

  static Grade exact(String reference, String answer) {
    return answer.equals(reference) ? Grade.pass() : differs(reference, answer);
  }

  static Grade normalised(String reference, String answer) {
    String wanted = normal(reference);
    String given = normal(answer);
    return given.equals(wanted) ? Grade.pass() : differs(wanted, given);
  }

  static Grade contains(String reference, String answer) {
    return answer.contains(reference)
        ? Grade.pass()
        : Grade.fail("\"" + Grade.excerpt(reference) + "\" is not in the answer.");
  }

  /** Returns the text in composed lower case, without the punctuation that carries no meaning. */
  static String normal(String text) {
    String lower =
        Normalizer.normalize(text, Normalizer.Form.NFC)
            .toLowerCase(Locale.ROOT)
            .replace('\u2212', '-');
    StringBuilder bare = new StringBuilder();
    for (int i = 0; i < lower.length(); ) {
      int c = lower.codePointAt(i);
      int end = i + Character.charCount(c);
      int before = i == 0 ? ' ' : lower.codePointBefore(i);
      int after = end == lower.length() ? ' ' : lower.codePointAt(end);
      boolean drops =
          PUNCTUATION.matcher(Character.toString(c)).matches() && !hasMeaning(c, before, after);
      bare.appendCodePoint(drops ? ' ' : c);
      i = end;
    }
    return SPACE.matcher(bare).replaceAll(" ").strip();
  }

  private static boolean hasMeaning(int c, int before, int after) {
    boolean inside = Character.isLetterOrDigit(before) && Character.isLetterOrDigit(after);
    boolean digits = Character.isDigit(before) && Character.isDigit(after);
    return switch (c) {
      // A negative number, but not a range or a hyphen.
      case '-' -> !Character.isLetterOrDigit(before) && (Character.isDigit(after) || after == '.');
      case '%' -> true;
      // C# and #5, but not a heading.
      case '#' -> Character.isLetter(before) || Character.isLetterOrDigit(after);
      case '.' ->
          digits || (!Character.isLetterOrDigit(before) && Character.isLetterOrDigit(after));
      case ',', ':', '/', '*' -> digits;
      case '@', '&', '_' -> inside;
      default -> false;
    };
  }

  private static Grade differs(String reference, String answer) {
    int at = 0;
    int shorter = Math.min(reference.length(), answer.length());
    while (at < shorter && reference.charAt(at) == answer.charAt(at)) {
      at++;
    }
    return Grade.fail(
        "Expected \""
            + Grade.excerpt(reference)
            + "\", got \""
            + Grade.excerpt(answer)
            + "\"; the first difference is at character "
            + (at + 1)
            + ".");
  }

  static Grade numeric(
      String reference, String answer, ToDoubleFunction<Double> tolerance, Numbers numbers) {
    Numbers.Found wanted =
        last(numbers.in(reference))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "The reference \"" + Grade.excerpt(reference) + "\" contains no number."));
    Optional<Numbers.Found> given = last(numbers.in(answer));
    if (given.isEmpty()) {
      return Grade.fail("The answer contains no number.");
    }
    BigDecimal distance = given.get().distance(wanted);
    double allowed = tolerance.applyAsDouble(wanted.value().doubleValue());
    return Double.isInfinite(allowed) || distance.compareTo(BigDecimal.valueOf(allowed)) <= 0
        ? Grade.pass()
        : Grade.fail(
            "Expected "
                + wanted.value().doubleValue()
                + ", got "
                + given.get().value().doubleValue()
                + ": they differ by "
                + distance.doubleValue()
                + "; the tolerance is "
                + allowed
                + ".");
  }

  /** Returns the last number that a double can hold. */
  private static Optional<Numbers.Found> last(List<Numbers.Found> found) {
    return found.stream()
        .filter(number -> Double.isFinite(number.value().doubleValue()))
        .reduce((first, second) -> second);
  }
}
