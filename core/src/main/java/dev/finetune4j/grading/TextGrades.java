package dev.finetune4j.grading;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Compares texts. */
final class TextGrades {
  private static final Pattern PUNCTUATION = Pattern.compile("[\\p{IsPunctuation}&&[^%]]");
  private static final Pattern SPACE = Pattern.compile("[\\s\\p{Z}]+");
  private static final Pattern NUMBER =
      Pattern.compile(
          "(?:(?<![\\w.])[-+])?(?:(?:\\d{1,3}(?:,\\d{3})+(?!\\d)|\\d+)(?:\\.\\d+)?|\\.\\d+)"
              + "(?:[eE][-+]?\\d+)?");

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

  static String normal(String text) {
    String bare = PUNCTUATION.matcher(text.toLowerCase(Locale.ROOT)).replaceAll(" ");
    return SPACE.matcher(bare).replaceAll(" ").strip();
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

  static Grade numeric(String reference, String answer, double tolerance) {
    double wanted =
        lastNumber(reference)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "The reference \"" + Grade.excerpt(reference) + "\" contains no number."));
    OptionalDouble given = lastNumber(answer);
    if (given.isEmpty()) {
      return Grade.fail("The answer contains no number.");
    }
    double distance = Math.abs(given.getAsDouble() - wanted);
    return distance <= tolerance
        ? Grade.pass()
        : Grade.fail(
            "Expected "
                + wanted
                + ", got "
                + given.getAsDouble()
                + ": they differ by "
                + distance
                + "; the tolerance is "
                + tolerance
                + ".");
  }

  /** Returns the last finite number in {@code text}. */
  static OptionalDouble lastNumber(String text) {
    OptionalDouble found = OptionalDouble.empty();
    Matcher matcher = NUMBER.matcher(text);
    while (matcher.find()) {
      double value = Double.parseDouble(matcher.group().replace(",", ""));
      if (Double.isFinite(value)) {
        found = OptionalDouble.of(value);
      }
    }
    return found;
  }
}
