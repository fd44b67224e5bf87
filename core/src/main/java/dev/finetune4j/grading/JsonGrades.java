package dev.finetune4j.grading;

import dev.finetune4j.internal.json.Json;
import dev.finetune4j.internal.json.JsonSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compares answers that are JSON. A reference that is not JSON is an error of the example. */
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
            CanonicalJson.of(wanted).equals(CanonicalJson.of(given))
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
                "The reference is " + Json.kind(wanted) + ", and an array belongs there.");
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
        (wanted, given) ->
            Overlap.of(CanonicalJson.fields(wanted), CanonicalJson.fields(given))
                .grade("fields", threshold));
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
    items.forEach(item -> texts.add(CanonicalJson.of(item)));
    return texts;
  }

  private static String shown(@Nullable Object tree) {
    return TextGrades.shown(CanonicalJson.of(tree));
  }
}
