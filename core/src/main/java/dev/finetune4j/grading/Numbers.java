package dev.finetune4j.grading;

import java.math.BigDecimal;
import java.math.MathContext;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds numbers as people write them: digits of any script, groups of digits, decimal commas,
 * fractions, powers of ten, scale words, Unicode's minus signs. Immutable and thread-safe.
 */
final class Numbers {
  private static final Pattern NUMBER =
      Pattern.compile(
          "(?<sign>(?<![\\w.)])[-+])?"
              + "(?:(?<whole>\\d+)[ -])?(?<![/\\d])(?<top>\\d+)\\s?/\\s?(?<bottom>\\d+)(?![/\\d])"
              + "|(?<minus>(?<![\\w.)])[-+])?(?<digits>\\d[\\d.,' ]*(?<=\\d)|(?<!\\d)[.]\\d+)"
              + "(?:[eE](?<exponent>[-+]?\\d{1,3})"
              + "|\\s?(?:x|\\*|\\\\times|\\\\cdot)\\s?10\\s?\\^\\s?\\{?(?<power>[-+]?\\d{1,3})}?)?"
              + "(?<percent>\\s?(?:%|percent\\b|per cent\\b|Prozent\\b))?"
              + "(?:(?<kilo>[kK])\\b|\\s?(?<scale>thousand|million|billion|Mio|Mrd)\\b)?");
  private static final Pattern MARK = Pattern.compile("\\\\boxed\\{|####");
  private static final Pattern SIGN_BEFORE_CURRENCY =
      Pattern.compile("-([$\u20ac\u00a3\u00a5])\\s?");
  private static final Pattern WORD_MINUS =
      Pattern.compile("(?i)(?<![\\d)]\\s)\\b(?:minus|negative)\\s+(?=\\d)");
  private static final Pattern GROUPED = Pattern.compile("\\d{1,3}(?:,\\d{2,3})*,\\d{3}");
  private static final Pattern POINTS = Pattern.compile("\\d{1,3}(?:\\.\\d{3}){2,}");
  private static final Map<String, Integer> SCALES =
      Map.of("thousand", 3, "million", 6, "mio", 6, "billion", 9, "mrd", 9);
  private static final Map<Character, String> FRACTIONS =
      Map.of(
          '\u00bd', "1/2", '\u2153', "1/3", '\u2154', "2/3", '\u00bc', "1/4", '\u00be', "3/4",
          '\u2155', "1/5", '\u215b', "1/8");

  private final @Nullable Character decimal;

  private Numbers(@Nullable Character decimal) {
    this.decimal = decimal;
  }

  /** Returns a reader that tells a decimal comma from a group's by the digits around it. */
  static Numbers ofAnyLocale() {
    return new Numbers(null);
  }

  /** Returns a reader for texts of which the decimal separator is known. */
  static Numbers of(Locale locale) {
    return new Numbers(DecimalFormatSymbols.getInstance(locale).getDecimalSeparator());
  }

  /**
   * A number in a text.
   *
   * @param value the value as written: 50 for {@code 50 %}
   * @param isPercent whether a percent sign follows
   */
  record Found(BigDecimal value, boolean isPercent) {

    /** Returns the least distance of this answer to a reference that may leave out its percent. */
    BigDecimal distance(Found reference) {
      BigDecimal plain = value.subtract(reference.value).abs();
      if (isPercent == reference.isPercent) {
        return plain;
      }
      BigDecimal one = value.scaleByPowerOfTen(isPercent ? -2 : 0);
      BigDecimal other = reference.value.scaleByPowerOfTen(reference.isPercent ? -2 : 0);
      BigDecimal scaled = one.subtract(other).abs();
      boolean isShare = !reference.isPercent && reference.value.abs().compareTo(BigDecimal.ONE) < 0;
      return isShare ? scaled : plain.min(scaled);
    }
  }

  /**
   * Returns the numbers in {@code text}, in order; if one is marked by {@code \boxed{...}} or
   * {@code ####}, only those from the last mark on, the marked one alone.
   */
  List<Found> in(String text) {
    String plain = plain(text);
    Matcher marks = MARK.matcher(plain);
    int marked = -1;
    while (marks.find()) {
      marked = marks.end();
    }
    List<Found> found = marked < 0 ? List.of() : read(plain.substring(marked));
    return found.isEmpty() ? read(plain) : found.subList(0, 1);
  }

  private List<Found> read(String plain) {
    List<Found> found = new ArrayList<>();
    Matcher matcher = NUMBER.matcher(plain);
    int from = 0;
    while (from <= plain.length() && matcher.find(from)) {
      int end = matcher.end();
      String digits = matcher.group("digits");
      if (digits != null) {
        // "12 and" is a number and a word, "12 345" one number, "12 34" two.
        int used = length(digits);
        boolean whole = used == digits.length();
        BigDecimal value = decimal(digits.substring(0, used));
        found.add(whole ? scaled(value, matcher) : signed(value, matcher.group("minus"), false));
        end = whole ? end : matcher.start("digits") + used;
      } else {
        BigDecimal bottom = new BigDecimal(matcher.group("bottom"));
        if (bottom.signum() != 0) {
          BigDecimal value =
              new BigDecimal(matcher.group("top")).divide(bottom, MathContext.DECIMAL128);
          String whole = matcher.group("whole");
          value = whole == null ? value : value.add(new BigDecimal(whole));
          found.add(signed(value, matcher.group("sign"), false));
        }
      }
      from = end;
    }
    return found;
  }

  private static Found scaled(BigDecimal value, Matcher matcher) {
    String exponent = matcher.group("exponent");
    String power = matcher.group("power");
    String scale = matcher.group("scale");
    int tens =
        exponent != null ? Integer.parseInt(exponent) : power != null ? Integer.parseInt(power) : 0;
    tens += matcher.group("kilo") != null ? 3 : 0;
    tens += scale == null ? 0 : SCALES.getOrDefault(scale.toLowerCase(Locale.ROOT), 0);
    return signed(
        value.scaleByPowerOfTen(tens), matcher.group("minus"), matcher.group("percent") != null);
  }

  private static Found signed(BigDecimal value, @Nullable String sign, boolean percent) {
    return new Found(sign != null && sign.startsWith("-") ? value.negate() : value, percent);
  }

  /** Returns how many characters form one number: blanks must part groups of three digits. */
  private static int length(String digits) {
    int end = digits.indexOf(' ');
    if (end < 0) {
      return digits.length();
    } else if (end > 3 || !digits.substring(0, end).chars().allMatch(Character::isDigit)) {
      return end;
    }
    Matcher groups = Pattern.compile("(?: \\d{3}(?!\\d))+(?:[.,]\\d+)?").matcher(digits);
    return groups.find() && groups.start() == end ? groups.end() : end;
  }

  private BigDecimal decimal(String digits) {
    String text = digits.replace(" ", "").replace("'", "");
    int comma = text.lastIndexOf(',');
    int point = text.lastIndexOf('.');
    char mark;
    if (decimal != null) {
      mark = decimal;
    } else if (comma >= 0 && point >= 0) {
      mark = comma > point ? ',' : '.';
    } else if (comma >= 0) {
      boolean groups = GROUPED.matcher(text).matches() && !text.startsWith("0");
      mark = groups ? '.' : ',';
    } else {
      mark = POINTS.matcher(text).matches() ? ',' : '.';
    }
    String normal = text.replace(mark == ',' ? "." : ",", "").replace(mark, '.');
    // A second decimal separator makes it a list, a date or a version: its last part counts.
    return normal.indexOf('.') == normal.lastIndexOf('.')
        ? new BigDecimal(normal)
        : new BigDecimal(normal.substring(normal.lastIndexOf('.') + 1));
  }

  /** Writes digits, signs, separators and fractions of all scripts in their ASCII form. */
  private static String plain(String text) {
    StringBuilder plain = new StringBuilder();
    String bare =
        text.replace("{,}", ",").replace("\\,", " ").replace("**", "").replace("\u00d7", "x");
    for (int i = 0; i < bare.length(); i++) {
      char c = bare.charAt(i);
      String fraction = FRACTIONS.get(c);
      if (fraction != null) {
        boolean mixed = i > 0 && Character.isDigit(bare.charAt(i - 1));
        plain.append(mixed ? " " : "").append(fraction);
      } else if (Character.isDigit(c)) {
        plain.append((char) ('0' + Character.digit(c, 10)));
      } else {
        plain.append(ascii(c));
      }
    }
    String signed = SIGN_BEFORE_CURRENCY.matcher(plain).replaceAll("-");
    return WORD_MINUS.matcher(signed).replaceAll("-");
  }

  private static char ascii(char c) {
    return switch (c) {
      case '\u2212', '\u2010', '\u2011', '\u2012', '\u2013', '\uff0d', '\ufe63' -> '-';
      case '\u00a0', '\u202f', '\u2009', '\u2007' -> ' ';
      case '\u2019', '\u066c' -> '\'';
      case '\u066b' -> '.';
      case '\u2044' -> '/';
      case '\uff05', '\u066a' -> '%';
      default -> c;
    };
  }

  /** Returns the decimal separator; part of the version of a grader. */
  @Override
  public String toString() {
    return decimal == null ? "any locale" : "decimal " + decimal;
  }
}
