package dev.finetune4j.exchange.promptfoo;

import dev.finetune4j.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * One test with all defaults merged in and lists of variables taken apart. Immutable.
 *
 * @param place its path in the configuration
 * @param variables the variables of its templates
 * @param assertions the assertions about the answer, in order
 * @param prefix the text before the prompt, often empty
 * @param suffix the text after the prompt, often empty
 * @param threshold the lowest weighted score that passes; empty if all assertions must pass
 */
record TestCase(
    String place,
    Map<String, @Nullable Object> variables,
    List<JsonObject> assertions,
    String prefix,
    String suffix,
    OptionalDouble threshold) {

  /** How often promptfoo fills variables that name other variables. */
  private static final int MOST_PASSES = 5;

  /** Returns one test for each combination of the values of variables that are lists of texts. */
  List<TestCase> expanded() {
    List<Map<String, @Nullable Object>> combinations = new ArrayList<>();
    combinations.add(new LinkedHashMap<>());
    variables.forEach(
        (name, value) -> {
          boolean several =
              value instanceof List<?> list && !list.isEmpty() && list.get(0) instanceof String;
          List<?> values = several && value instanceof List<?> list ? list : single(value);
          List<Map<String, @Nullable Object>> next = new ArrayList<>();
          for (Map<String, @Nullable Object> combination : combinations) {
            for (Object each : values) {
              Map<String, @Nullable Object> copy = new LinkedHashMap<>(combination);
              copy.put(name, each);
              next.add(copy);
            }
          }
          combinations.clear();
          combinations.addAll(next);
        });
    return combinations.stream()
        .map(combination -> new TestCase(place, combination, assertions, prefix, suffix, threshold))
        .toList();
  }

  /** Returns the values by which templates are filled: references to one another are resolved. */
  Map<String, @Nullable Object> values() {
    Map<String, @Nullable Object> filled = new LinkedHashMap<>(variables);
    for (int pass = 0; pass < MOST_PASSES; pass++) {
      Map<String, @Nullable Object> before = new LinkedHashMap<>(filled);
      filled.replaceAll(
          (name, value) ->
              value instanceof String text && Nunjucks.obstacle(text).isEmpty()
                  ? Nunjucks.fill(text, before)
                  : value);
      if (filled.equals(before)) {
        break;
      }
    }
    return filled;
  }

  private static List<@Nullable Object> single(@Nullable Object value) {
    List<@Nullable Object> one = new ArrayList<>();
    one.add(value);
    return one;
  }
}
