package dev.finetune4j.exchange.promptfoo;

import dev.finetune4j.grading.Extraction;
import dev.finetune4j.grading.Grade;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonSyntaxException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The assertions that need nothing but the text of the answer. Stateless. */
final class TextAssertions {
  private static final int LONGEST_SHOWN = 200;

  private TextAssertions() {}

  static Grade grade(
      AssertionType type, String answer, @Nullable Object value, List<String> texts) {
    String expected = Nunjucks.shown(value);
    String small = answer.toLowerCase(Locale.ROOT);
    Predicate<String> inside = answer::contains;
    Predicate<String> insideSmall = text -> small.contains(text.toLowerCase(Locale.ROOT));
    boolean holds =
        switch (type) {
          case EQUALS -> equal(answer, value);
          case CONTAINS -> inside.test(expected);
          case CONTAINS_IGNORING_CASE -> insideSmall.test(expected);
          case CONTAINS_ALL -> texts.stream().allMatch(inside);
          case CONTAINS_ANY -> texts.stream().anyMatch(inside);
          case CONTAINS_ALL_IGNORING_CASE -> texts.stream().allMatch(insideSmall);
          case CONTAINS_ANY_IGNORING_CASE -> texts.stream().anyMatch(insideSmall);
          case STARTS_WITH -> answer.startsWith(expected);
          case REGEX -> Extraction.group(expected).from(answer).isPresent();
          case WORD_COUNT -> wordCount(answer, value);
          default -> throw new IllegalStateException(type + " needs more than the text.");
        };
    String shown =
        expected.length() > LONGEST_SHOWN ? expected.substring(0, LONGEST_SHOWN) : expected;
    return holds ? Grade.pass() : Grade.fail("\"" + type.word() + "\" does not hold: " + shown);
  }

  static Grade isJson(String text) {
    try {
      Json.parse(text);
      return Grade.pass();
    } catch (JsonSyntaxException e) {
      return Grade.fail("The answer is not JSON: " + e.getMessage());
    }
  }

  /** Returns the outermost JSON objects and arrays in a text. */
  static List<String> jsonIn(String text) {
    List<String> found = new ArrayList<>();
    for (int start = 0; start < text.length(); start++) {
      char first = text.charAt(start);
      if (first != '{' && first != '[') {
        continue;
      }
      char last = first == '{' ? '}' : ']';
      for (int end = text.indexOf(last, start); end >= 0; end = text.indexOf(last, end + 1)) {
        String candidate = text.substring(start, end + 1);
        if (isJson(candidate).passed()) {
          found.add(candidate);
          start = end;
          break;
        }
      }
    }
    return found;
  }

  private static boolean equal(String answer, @Nullable Object value) {
    if (!(value instanceof Map) && !(value instanceof List)) {
      return answer.equals(Nunjucks.shown(value));
    }
    try {
      return Json.writeCanonical(plain(Json.parse(answer)))
          .equals(Json.writeCanonical(plain(Json.parse(Json.write(value)))));
    } catch (JsonSyntaxException e) {
      return false;
    }
  }

  /** Returns the tree with every number in one form, so that 1 equals 1.0. */
  private static @Nullable Object plain(@Nullable Object tree) {
    if (tree instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> copy = new LinkedHashMap<>();
      map.forEach((key, value) -> copy.put(String.valueOf(key), plain(value)));
      return copy;
    } else if (tree instanceof List<?> list) {
      List<@Nullable Object> copy = new ArrayList<>();
      list.forEach(item -> copy.add(plain(item)));
      return copy;
    } else if (tree instanceof Number number) {
      BigDecimal exact = new BigDecimal(number.toString());
      return exact.signum() == 0 ? BigDecimal.ZERO : exact.stripTrailingZeros();
    }
    return tree;
  }

  private static boolean wordCount(String answer, @Nullable Object value) {
    long words = answer.isBlank() ? 0 : answer.strip().split("\\s+", -1).length;
    if (value instanceof Map<?, ?> limits) {
      boolean enough = !(limits.get("min") instanceof Number min) || words >= min.longValue();
      return enough && (!(limits.get("max") instanceof Number max) || words <= max.longValue());
    }
    return Nunjucks.shown(value).equals(Long.toString(words));
  }
}
