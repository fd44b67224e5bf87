package dev.finetune4j.grading;

import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonSyntaxException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compares answers that are JSON. A reference that is not JSON is an error in the example. */
final class JsonGrades {
  private JsonGrades() {}

  private interface TreeComparison {
    Grade grade(@Nullable Object wanted, @Nullable Object given);
  }

  static Grade equality(String reference, String answer) {
    return withTrees(
        reference,
        answer,
        (wanted, given) ->
            canonical(wanted).equals(canonical(given))
                ? Grade.pass()
                : Grade.fail("Expected " + shown(wanted) + ", got " + shown(given) + "."));
  }

  static Grade setF1(String reference, String answer, double threshold) {
    return withTrees(
        reference,
        answer,
        (wanted, given) -> {
          if (!(wanted instanceof List<?> wantedItems)) {
            throw new IllegalArgumentException(
                "The reference must be an array, but is " + Json.kind(wanted) + ".");
          }
          if (!(given instanceof List<?> givenItems)) {
            return Grade.fail("The answer is " + Json.kind(given) + ", not an array.");
          }
          return Overlap.of(canonical(wantedItems), canonical(givenItems))
              .grade("items", threshold);
        });
  }

  static Grade fieldF1(String reference, String answer, double threshold) {
    return withTrees(
        reference,
        answer,
        (wanted, given) -> Overlap.of(fields(wanted), fields(given)).grade("fields", threshold));
  }

  private static Grade withTrees(String reference, String answer, TreeComparison comparison) {
    Object wanted = Json.parse(reference);
    Object given;
    try {
      given = Json.parse(answer);
    } catch (JsonSyntaxException e) {
      return new Grade(0, false, Optional.of("The answer is not JSON. " + e.getMessage()));
    }
    return comparison.grade(wanted, given);
  }

  private static List<String> canonical(List<?> items) {
    List<String> texts = new ArrayList<>();
    items.forEach(item -> texts.add(canonical(item)));
    return texts;
  }

  private static String shown(@Nullable Object tree) {
    return Grade.excerpt(canonical(tree));
  }

  /** Returns the text of a tree: members sorted, 1.0 and 1e0 written as 1. */
  static String canonical(@Nullable Object tree) {
    return Json.writeCanonical(plain(tree));
  }

  /** Returns every leaf as path and value; an empty object or array is a leaf. */
  static List<String> fields(@Nullable Object tree) {
    List<String> fields = new ArrayList<>();
    collect("$", tree, fields);
    return fields;
  }

  private static void collect(String path, @Nullable Object tree, List<String> fields) {
    if (tree instanceof Map<?, ?> map && !map.isEmpty()) {
      map.forEach((key, value) -> collect(path + "." + Json.write(key), value, fields));
    } else if (tree instanceof List<?> list && !list.isEmpty()) {
      for (int i = 0; i < list.size(); i++) {
        collect(path + "[" + i + "]", list.get(i), fields);
      }
    } else {
      fields.add(path + " = " + canonical(tree));
    }
  }

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

  /**
   * How far two bags of things agree.
   *
   * @param wanted how many were wanted
   * @param given how many were given
   * @param missing the wanted ones that were not given
   * @param extra the given ones that were not wanted
   */
  record Overlap(int wanted, int given, List<String> missing, List<String> extra) {

    static Overlap of(List<String> wanted, List<String> given) {
      List<String> extra = new ArrayList<>(given);
      List<String> missing = new ArrayList<>();
      for (String item : wanted) {
        if (!extra.remove(item)) {
          missing.add(item);
        }
      }
      return new Overlap(wanted.size(), given.size(), missing, extra);
    }

    /**
     * Returns the harmonic mean of precision and recall; 1 if nothing was wanted and none given.
     */
    double f1() {
      int common = wanted - missing.size();
      return wanted + given == 0 ? 1 : 2.0 * common / (wanted + given);
    }

    Grade grade(String what, double threshold) {
      double score = f1();
      if (missing.isEmpty() && extra.isEmpty()) {
        return Grade.of(score, threshold);
      }
      String reason =
          String.format(
              Locale.ROOT,
              "%d of %d %s found, %d unexpected.%s%s",
              wanted - missing.size(),
              wanted,
              what,
              extra.size(),
              first(" First missing: ", missing),
              first(" First unexpected: ", extra));
      return new Grade(score, score >= threshold, Optional.of(reason));
    }

    private static String first(String label, List<String> items) {
      return items.isEmpty() ? "" : label + Grade.excerpt(items.get(0)) + ".";
    }
  }
}
