package dev.finetune4j.grading;

import java.math.BigDecimal;
import java.math.MathContext;
import java.text.DecimalFormatSymbols;
import java.text.Normalizer;
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
              + "|(?<minus>(?<![\\w.)])[-+])?(?<digits>\\d(?:[\\d.,']| (?=\\d{3}(?!\\d))){0,400}(?<=\\d)|(?<!\\d)[.]\\d+)"
              + "(?:[eE](?<exponent>[-+]?\\d{1,3})"
              + "|\\s?(?:x|\\*|\\\\times|\\\\cdot)\\s?10\\s?\\^\\s?\\{?(?<power>[-+]?\\d{1,3})}?"
              + "|(?<=(?<![\\d.,])10)\\s?\\^\\s?\\{?(?<ten>[-+]?\\d{1,3})}?)?"
              + "(?<percent>\\s?(?:%|percent\\b|per cent\\b|Prozent\\b))?"
              + "(?:(?<scale>[kKM]|bn)\\b"
              + "|\\s?(?<word>(?i:thousand|Tausend|million(?:s|en)?|billions?|Milliarden?|Mio|Mrd))\\b)?");
  private static final Pattern MARK = Pattern.compile("\\\\boxed\\{|####");
  private static final Pattern SIGN_BEFORE_CURRENCY =
      Pattern.compile("-([$\u20ac\u00a3\u00a5])\\s?");
  private static final Pattern WORD_MINUS =
      Pattern.compile("(?i)(?<![\\d)]\\s)\\b(?:minus|negative)\\s+(?=\\d)");
  // An answer before the sum that it comes from, such as "6 = 2 + 4".
  private static final Pattern RESULT_FIRST =
      Pattern.compile("[^\\d=]*(-?[\\d.,]+)\\s*=\\s*[\\d.,]+(?:\\s*[-+*/x]\\s*[\\d.,]+)+\\W*");
  // No answer: no double holds it, and reading it as a decimal takes quadratic time.
  private static final Pattern ENDLESS = Pattern.compile("\\d{401,}+");
  private static final int LONGEST_ASIDE = 80;
  private static final Pattern EXPLANATION =
      Pattern.compile(
          "(?i)^(?!.*(?:total|answer|result|equals)).*(?:\\p{L}{3}|\\d\\s?[-+*/x]\\s?\\d)");
  private static final Pattern WHOLE =
      Pattern.compile("(?i)(?:st|nd|rd|th)?\\s+(?:out\\s+)?of\\s+(?:the\\s+|all\\s+)?");
  private static final Pattern RANGE = Pattern.compile("\\s*(?:and|-|to)\\s*");
  private static final Pattern CONVERSION =
      Pattern.compile(
          "(?i)\\s?[\\p{L}\u00b0]{1,6},\\s*(?:or )?(?:about|approximately|roughly|approx\\.|ca\\.)\\s*");
  private static final Pattern THOUSANDS_MARK = Pattern.compile("(?<=\\d)_(?=\\d{3}(?!\\d))");
  private static final Pattern SUPERSCRIPT =
      Pattern.compile("(?<=\\d)[\u207b\u207a]?[\u2070\u00b9\u00b2\u00b3\u2074-\u2079]+");
  private static final List<String> WORDS =
      List.of(
          ("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
                  + " fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty"
                  + " seventy eighty ninety")
              .split(" "));
  private static final Pattern BLANK_GROUPS = Pattern.compile("(?: \\d{3}(?!\\d))+(?:[.,]\\d+)?");
  private static final Pattern GROUPED = Pattern.compile("\\d{1,3}(?:,\\d{2,3})*,\\d{3}");
  private static final Pattern POINTS = Pattern.compile("\\d{1,3}(?:\\.\\d{3}){2,}");
  private static final Map<String, Integer> SCALES =
      Map.of("k", 3, "th", 3, "ta", 3, "m", 6, "mi", 6, "b", 9, "bi", 9, "mr", 9);
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

  /** A number and where it stands. */
  private record Place(Found number, int start, int end) {}

  /**
   * Returns the numbers in {@code text}, in order; if one is marked by {@code \boxed{...}} or
   * {@code ####}, only the marked one. Numbers beside the answer are left out: those in a
   * parenthesis with words, the whole of which the answer is a part ({@code 3 of 10}), the ends of
   * {@code between 3 and 5}, a conversion ({@code 5 kg, about 11 lb}), and the terms after {@code 6
   * = 2 + 4}. A text that is a number in English words up to a hundred is that number.
   */
  List<Found> in(String text) {
    String plain = plain(text);
    Matcher marks = MARK.matcher(plain);
    int marked = -1;
    while (marks.find()) {
      marked = marks.end();
    }
    List<Found> found = marked < 0 ? List.of() : found(read(plain.substring(marked)));
    if (!found.isEmpty()) {
      return found.subList(0, 1);
    }
    List<Place> all = read(plain);
    List<Place> outside = all.stream().filter(place -> !isAside(place, plain)).toList();
    found = found(withoutNeighbours(outside.isEmpty() ? all : outside, plain));
    Matcher equation = RESULT_FIRST.matcher(plain);
    if (equation.matches()) {
      return found(read(equation.group(1)));
    }
    return all.isEmpty() ? inWords(plain) : found;
  }

  private static List<Found> found(List<Place> places) {
    return places.stream().map(Place::number).toList();
  }

  /** Returns whether a number stands in a parenthesis that explains, such as "(incl. 20 % tax)". */
  private static boolean isAside(Place place, String text) {
    // Long parentheses are no asides, and looking further would take quadratic time.
    int from = Math.max(0, place.start() - LONGEST_ASIDE);
    String before = text.substring(from, place.start());
    int open = before.lastIndexOf('(');
    int close =
        text.substring(place.end(), Math.min(text.length(), place.end() + LONGEST_ASIDE))
            .indexOf(')');
    return open > before.lastIndexOf(')')
        && close >= 0
        && EXPLANATION.matcher(text.substring(from + open, place.end() + close)).find();
  }

  private static List<Place> withoutNeighbours(List<Place> all, String text) {
    List<Place> kept = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      Place place = all.get(i);
      String before = i == 0 ? "" : text.substring(all.get(i - 1).end(), place.start());
      String after = i + 1 == all.size() ? "" : text.substring(place.end(), all.get(i + 1).start());
      boolean whole = i > 0 && WHOLE.matcher(before).matches();
      boolean converted = i > 0 && CONVERSION.matcher(before).matches();
      boolean low = isAfterBetween(place, text) && RANGE.matcher(after).matches();
      boolean high =
          i > 0 && isAfterBetween(all.get(i - 1), text) && RANGE.matcher(before).matches();
      if (!whole && !converted && !low && !high) {
        kept.add(place);
      }
    }
    return kept;
  }

  private static boolean isAfterBetween(Place place, String text) {
    int from = Math.max(0, place.start() - "between ".length());
    return text.substring(from, place.start()).equalsIgnoreCase("between ");
  }

  private static List<Found> inWords(String text) {
    int value = 0;
    String[] words =
        text.strip().toLowerCase(Locale.ROOT).replaceAll("[.!]$", "").split("[- ]", -1);
    if (words.length > 2) {
      return List.of();
    }
    for (String word : words) {
      int number = WORDS.indexOf(word);
      if (number < 0) {
        return List.of();
      }
      value += number <= 20 ? number : 10 * (number - 18);
    }
    boolean isNumber = words.length == 1 || (WORDS.indexOf(words[0]) >= 20 && value % 10 != 0);
    return isNumber ? List.of(new Found(BigDecimal.valueOf(value), false)) : List.of();
  }

  private List<Place> read(String plain) {
    List<Place> found = new ArrayList<>();
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
        end = whole ? end : matcher.start("digits") + used;
        found.add(
            new Place(
                whole ? scaled(value, matcher) : signed(value, matcher.group("minus"), false),
                matcher.start(),
                end));
      } else {
        BigDecimal bottom = new BigDecimal(matcher.group("bottom"));
        if (bottom.signum() != 0) {
          BigDecimal value =
              new BigDecimal(matcher.group("top")).divide(bottom, MathContext.DECIMAL128);
          String whole = matcher.group("whole");
          value = whole == null ? value : value.add(new BigDecimal(whole));
          found.add(new Place(signed(value, matcher.group("sign"), false), matcher.start(), end));
        }
      }
      from = end;
    }
    return found;
  }

  private static Found scaled(BigDecimal value, Matcher matcher) {
    String ten = matcher.group("ten");
    if (ten != null) {
      return signed(
          BigDecimal.ONE.scaleByPowerOfTen(Integer.parseInt(ten)), matcher.group("minus"), false);
    }
    String exponent = matcher.group("exponent");
    String power = matcher.group("power");
    String scale = matcher.group("scale");
    String word = matcher.group("word");
    int tens =
        exponent != null ? Integer.parseInt(exponent) : power != null ? Integer.parseInt(power) : 0;
    String name = scale != null ? scale.substring(0, 1) : word != null ? word.substring(0, 2) : "";
    tens += SCALES.getOrDefault(name.toLowerCase(Locale.ROOT), 0);
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
    Matcher groups = BLANK_GROUPS.matcher(digits).region(end, digits.length());
    return groups.lookingAt() ? groups.end() : end;
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
        SUPERSCRIPT
            .matcher(THOUSANDS_MARK.matcher(ENDLESS.matcher(text).replaceAll(" ")).replaceAll(""))
            .replaceAll(power -> "^" + Normalizer.normalize(power.group(), Normalizer.Form.NFKC))
            .replace("{,}", ",")
            .replace("\\,", " ")
            .replace("**", "")
            .replaceAll("[\u00d7\u00b7\u22c5]", "x");
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
