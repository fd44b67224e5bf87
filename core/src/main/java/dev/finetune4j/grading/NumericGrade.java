package dev.finetune4j.grading;

import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Compares the last number of an answer with the one that was expected. */
final class NumericGrade {
  private static final Pattern NUMBER =
      Pattern.compile(
          "(?:(?<![\\w.])[-+])?(?:(?:\\d{1,3}(?:,\\d{3})+(?!\\d)|\\d+)(?:\\.\\d+)?|\\.\\d+)"
              + "(?:[eE][-+]?\\d+)?");

  private NumericGrade() {}

  static Grade of(String reference, String answer, double tolerance) {
    double wanted =
        last(reference)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "The reference \"" + TextGrades.shown(reference) + "\" holds no number."));
    OptionalDouble given = last(answer);
    if (given.isEmpty()) {
      return Grade.fail("The answer holds no number.");
    }
    double distance = Math.abs(given.getAsDouble() - wanted);
    return distance <= tolerance
        ? Grade.pass()
        : Grade.fail(
            "Expected "
                + wanted
                + ", got "
                + given.getAsDouble()
                + ": "
                + distance
                + " apart, and "
                + tolerance
                + " is allowed.");
  }

  /** Returns the last finite number in {@code text}. */
  static OptionalDouble last(String text) {
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
