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
  private static final Pattern VULGAR_FRACTION =
      Pattern.compile("(?<=\\d)[\u00bc-\u00be\u2150-\u215e]");
  private static final Pattern SUPERSCRIPT =
      Pattern.compile("[\u207b\u207a]?[\u2070\u00b9\u00b2\u00b3\u2074-\u2079]+");
  private static final Pattern ACRONYM = Pattern.compile("(?<![\\p{L}\\p{N}.])(?:\\p{L}\\.){2,}");
  private static final Pattern GROUP_COMMA = Pattern.compile("(?<=\\d),(?=\\d{3}(?!\\d))");
  private static final Pattern AROUND_RELATION = Pattern.compile(" ?([=<>\u2264\u2265\u2260]) ?");
  private static final Pattern BEFORE_PERCENT = Pattern.compile("(?<=\\d) (?=%)");
  private static final Pattern APOSTROPHE = Pattern.compile("(?<=\\p{L})['\u2019](?=\\p{L})");
  private static final Pattern PUNCTUATION = Pattern.compile("\\p{IsPunctuation}");

  private TextGrades() {}

  static Grade exact(String reference, String answer) {
    return answer.equals(reference) ? Grade.pass() : differs(reference, answer);
  }

  static Grade normalised(String reference, String answer) {
    String wanted = normal(reference, " ");
    String given = normal(answer, " ");
    // "dont" is "don't", and "rock n roll" is "rock'n'roll".
    boolean same = given.equals(wanted) || normal(answer, "").equals(normal(reference, ""));
    return same ? Grade.pass() : differs(wanted, given);
  }

  static Grade contains(String reference, String answer) {
    return answer.contains(reference)
        ? Grade.pass()
        : Grade.fail("\"" + Grade.excerpt(reference) + "\" is not in the answer.");
  }

  /**
   * Returns the text in one case and one form of its characters, without the punctuation that
   * carries no meaning.
   */
  private static String normal(String text, String apostrophe) {
    String raised =
        SUPERSCRIPT
            .matcher(VULGAR_FRACTION.matcher(SPACE.matcher(text).replaceAll(" ")).replaceAll(" $0"))
            .replaceAll("^$0");
    String folded =
        Normalizer.normalize(raised, Normalizer.Form.NFKC)
            // Upper case first, as only it tells that "ß" is "SS".
            .toUpperCase(Locale.ROOT)
            .toLowerCase(Locale.ROOT)
            .replace("i\u0307", "i")
            .replace('\u2212', '-')
            .replace('\u2044', '/');
    String joined =
        GROUP_COMMA
            .matcher(ACRONYM.matcher(folded).replaceAll(word -> word.group().replace(".", "")))
            .replaceAll("");
    String close =
        BEFORE_PERCENT.matcher(AROUND_RELATION.matcher(joined).replaceAll("$1")).replaceAll("");
    String lower = APOSTROPHE.matcher(close).replaceAll(apostrophe);
    StringBuilder bare = new StringBuilder();
    for (int i = 0; i < lower.length(); ) {
      int c = lower.codePointAt(i);
      int end = i + Character.charCount(c);
      int before = i == 0 ? ' ' : lower.codePointBefore(i);
      int after = end == lower.length() ? ' ' : lower.codePointAt(end);
      boolean drops =
          PUNCTUATION.matcher(Character.toString(c)).matches()
              && !hasMeaning(
                  c, before, after, i < 2 || !Character.isLetterOrDigit(lower.charAt(i - 2)));
      bare.appendCodePoint(drops ? ' ' : c);
      i = end;
    }
    return SPACE.matcher(bare).replaceAll(" ").strip();
  }

  /** Returns whether a mark counts; {@code isSingle}: the character before it stands alone. */
  private static boolean hasMeaning(int c, int before, int after, boolean isSingle) {
    boolean inside = Character.isLetterOrDigit(before) && Character.isLetterOrDigit(after);
    boolean digits = Character.isDigit(before) && Character.isDigit(after);
    return switch (c) {
      // A negative number or the grade "B-", but not a range or a hyphen.
      case '-' ->
          !Character.isLetterOrDigit(before)
              ? Character.isDigit(after) || after == '.'
              : isSingle && Character.isLetter(before) && Character.isWhitespace(after);
      case '%' -> true;
      // C# and #5, but not a heading.
      case '#' -> Character.isLetter(before) || Character.isLetterOrDigit(after);
      case '.' ->
          digits || (!Character.isLetterOrDigit(before) && Character.isLetterOrDigit(after));
      case ',', ':', '/' -> digits;
      case '*' -> digits || (after == '.' && before != '*');
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
