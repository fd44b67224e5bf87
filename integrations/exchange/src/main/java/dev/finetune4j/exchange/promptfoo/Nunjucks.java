package dev.finetune4j.exchange.promptfoo;

import dev.finetune4j.json.Json;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The part of promptfoo's template language that data sets use: {@code {{name}}}, {@code
 * {{name.member}}}, {@code {{name[0]}}}, raw blocks, comments and some filters. What has no value
 * becomes empty, as there. Stateless.
 */
final class Nunjucks {
  private static final Pattern TAG =
      Pattern.compile(
          "\\{%-?\\s*raw\\s*-?%}(?<raw>.*?)\\{%-?\\s*endraw\\s*-?%}"
              + "|\\{#.*?#}"
              + "|(?<statement>\\{%.*?%})"
              + "|\\{\\{-?\\s*(?<place>.*?)\\s*-?}}",
          Pattern.DOTALL);
  private static final Pattern PATH =
      Pattern.compile("[A-Za-z_$][\\w$]*(\\.[\\w$]+|\\[\\d+]|\\[\"[^\"]*\"]|\\['[^']*'])*");
  private static final Pattern STEP =
      Pattern.compile("\\.?([\\w$]+)|\\[(\\d+)]|\\[\"([^\"]*)\"]|\\['([^']*)']");
  private static final Pattern FILTERS = Pattern.compile("\\s*\\|\\s*");

  private Nunjucks() {}

  /** Returns why the template cannot be filled here, empty if it can. */
  static Optional<String> obstacle(String template) {
    Matcher tags = TAG.matcher(template);
    while (tags.find()) {
      if (tags.group("statement") != null) {
        return Optional.of("the statement " + tags.group("statement"));
      }
      String place = tags.group("place");
      if (place != null) {
        String[] parts = FILTERS.split(place, -1);
        if (!PATH.matcher(parts[0]).matches() || parts[0].startsWith("env.")) {
          return Optional.of("the expression {{" + place + "}}");
        }
        for (int i = 1; i < parts.length; i++) {
          if (!List.of("dump", "safe", "string", "trim", "lower", "upper", "capitalize")
              .contains(parts[i])) {
            return Optional.of("the filter \"" + parts[i] + "\"");
          }
        }
      }
    }
    return Optional.empty();
  }

  /** Returns why a text somewhere in the tree cannot be filled here, empty if all can. */
  static Optional<String> obstacleIn(@Nullable Object tree) {
    if (tree instanceof String text) {
      return obstacle(text);
    } else if (tree instanceof List<?> list) {
      return list.stream().flatMap(item -> obstacleIn(item).stream()).findFirst();
    }
    return Optional.empty();
  }

  /** Returns the text with its places filled; {@link #obstacle} was asked before. */
  static String fill(String template, Map<String, @Nullable Object> values) {
    Matcher tags = TAG.matcher(withoutMarkedSpace(template));
    StringBuilder text = new StringBuilder();
    while (tags.find()) {
      String raw = tags.group("raw");
      String place = tags.group("place");
      String value = raw != null ? raw : place != null ? filled(place, values) : "";
      tags.appendReplacement(text, Matcher.quoteReplacement(value));
    }
    return tags.appendTail(text).toString();
  }

  /** Returns the tree with every text in it filled. */
  static @Nullable Object fillTree(@Nullable Object tree, Map<String, @Nullable Object> values) {
    if (tree instanceof String text) {
      return fill(text, values);
    } else if (tree instanceof List<?> list) {
      return list.stream().map(item -> fillTree(item, values)).toList();
    } else if (tree instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> copy = new LinkedHashMap<>();
      map.forEach((key, value) -> copy.put(String.valueOf(key), fillTree(value, values)));
      return copy;
    }
    return tree;
  }

  private static String filled(String place, Map<String, @Nullable Object> values) {
    String[] parts = FILTERS.split(place, -1);
    Object value = lookUp(parts[0], values);
    String text = shown(value);
    for (int i = 1; i < parts.length; i++) {
      text =
          switch (parts[i]) {
            case "dump" -> Json.write(value);
            case "trim" -> text.trim();
            case "capitalize" ->
                text.isEmpty()
                    ? text
                    : text.substring(0, 1).toUpperCase(Locale.ROOT)
                        + text.substring(1).toLowerCase(Locale.ROOT);
            case "lower" -> text.toLowerCase(Locale.ROOT);
            case "upper" -> text.toUpperCase(Locale.ROOT);
            default -> text;
          };
    }
    return text;
  }

  static @Nullable Object lookUp(String path, Map<String, @Nullable Object> values) {
    Object found = values;
    Matcher steps = STEP.matcher(path);
    while (steps.find() && found != null) {
      String index = steps.group(2);
      if (index != null) {
        int place = Integer.parseInt(index);
        found = found instanceof List<?> list && place < list.size() ? list.get(place) : null;
      } else {
        String member = steps.group(1) != null ? steps.group(1) : steps.group(3);
        member = member == null ? steps.group(4) : member;
        found = member(found, String.valueOf(member));
      }
    }
    return found;
  }

  private static @Nullable Object member(Object owner, String name) {
    if (owner instanceof Map<?, ?> map) {
      return map.get(name);
    } else if (name.equals("length")) {
      return owner instanceof List<?> list
          ? (Object) (long) list.size()
          : owner instanceof String text ? (long) text.length() : null;
    }
    return null;
  }

  /** Drops the white space that a minus sign at the edge of a tag asks to drop. */
  private static String withoutMarkedSpace(String template) {
    String before = template.replaceAll("\\s+(\\{[{%#]-)", "$1");
    return before.replaceAll("(-[}%#]})\\s+", "$1");
  }

  /** Returns a value as JavaScript writes it: 10.0 as 10, numbers beyond 2^53 as its doubles. */
  static String shown(@Nullable Object value) {
    if (value == null) {
      return "";
    } else if (value instanceof Number number) {
      return Double.isFinite(number.doubleValue())
          ? shown(number.doubleValue())
          : number.toString();
    }
    return value instanceof Map || value instanceof List ? Json.write(value) : value.toString();
  }

  private static String shown(double number) {
    double size = Math.abs(number);
    BigDecimal digits = new BigDecimal(Double.toString(size)).stripTrailingZeros();
    String sign = number < 0 ? "-" : "";
    if (size == 0 || (size >= 1e-6 && size < 1e21)) {
      return sign + digits.toPlainString();
    }
    String all = digits.unscaledValue().toString();
    int exponent = all.length() - 1 - digits.scale();
    String fraction = all.length() == 1 ? "" : "." + all.substring(1);
    return sign + all.charAt(0) + fraction + "e" + (exponent < 0 ? "" : "+") + exponent;
  }
}
