package dev.finetune4j.exchange.promptfoo;

import dev.finetune4j.exchange.Findings;
import dev.finetune4j.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tests as a table: a column for each variable, and columns that start with {@code __} for what is
 * expected. Stateless.
 */
final class CsvTests {
  private static final Pattern SHORT_FORM =
      Pattern.compile(
          "(?<type>(?:not-)?[a-z][a-z-]*)(?:\\((?<threshold>\\d+(?:\\.\\d+)?)\\))?(?::(?<value>.*))?",
          Pattern.DOTALL);
  private static final Set<String> OTHER_TYPES =
      Set.of(
          ("answer-relevance classifier contains-html contains-sql contains-xml context-faithfulness"
                  + " context-recall context-relevance conversation-relevance cost finish-reason g-eval"
                  + " guardrails is-html is-refusal is-sql is-valid-function-call"
                  + " is-valid-openai-function-call is-valid-openai-tools-call is-xml meteor moderation"
                  + " perplexity perplexity-score pi search-rubric select-best max-score tool-call-f1"
                  + " trace-error-spans trace-span-count trace-span-duration")
              .split(" "));
  private static final Pattern CONFIG =
      Pattern.compile("__config:__expected(?<number>\\d*):(?<member>\\w+)");
  private static final Pattern CODE =
      Pattern.compile("(javascript|fn|eval|python|file):(.*)", Pattern.DOTALL);

  private CsvTests() {}

  static List<JsonObject> read(String text, String place, Findings findings) {
    List<List<String>> rows = CsvRows.parse(text);
    List<JsonObject> tests = new ArrayList<>();
    if (rows.isEmpty()) {
      return tests;
    }
    List<String> names = rows.get(0).stream().map(String::strip).toList();
    for (int i = 1; i < rows.size(); i++) {
      List<String> row = rows.get(i);
      if (row.size() > names.size()) {
        findings.error(
            "too-many-columns",
            place + "row " + i,
            "The row has " + row.size() + " columns, and the header " + names.size() + ".",
            "Put texts with commas into quotation marks.");
        continue;
      }
      tests.add(test(names, row, place + "row " + i, findings));
    }
    return tests;
  }

  private static JsonObject test(
      List<String> names, List<String> row, String place, Findings findings) {
    Map<String, @Nullable Object> variables = new LinkedHashMap<>();
    List<Map<String, @Nullable Object>> assertions = new ArrayList<>();
    JsonObject test = JsonObject.empty();
    String metric = "";
    Map<String, Object> configured = new LinkedHashMap<>();
    Map<String, Map<String, @Nullable Object>> byColumn = new LinkedHashMap<>();
    JsonObject options = JsonObject.empty();
    for (int i = 0; i < row.size(); i++) {
      String name = names.get(i);
      String value = row.get(i);
      if (name.startsWith("__expected")) {
        if (!value.isBlank()) {
          Map<String, @Nullable Object> assertion = assertion(value.strip()).asMap();
          assertions.add(assertion);
          byColumn.put(name.substring("__expected".length()), assertion);
        }
      } else if (name.equals("__metric")) {
        metric = value;
      } else if (name.equals("__threshold") && !value.isBlank()) {
        putNumber(test, value, place, findings);
      } else if (name.equals("__prefix") || name.equals("__suffix")) {
        if (!value.isEmpty()) {
          options.put(name.substring(2), value);
        }
      } else if (CONFIG.matcher(name).matches()) {
        configured.put(name, value);
      } else if (!name.startsWith("__")) {
        variables.put(name, value);
      } else if (!value.isBlank() && !name.matches("__description|__metadata.*")) {
        findings.warning(
            "column-not-used",
            place,
            "The column " + name + " is not used here; promptfoo may measure something else.",
            "Take it out if it changes neither prompts, answers nor grades.");
      }
    }
    configured.forEach(
        (name, value) -> {
          Matcher config = CONFIG.matcher(name);
          Map<String, @Nullable Object> assertion =
              config.matches() ? byColumn.get(column(byColumn, config.group("number"))) : null;
          if (assertion != null && !String.valueOf(value).isBlank()) {
            assertion.put(config.group("member"), number(String.valueOf(value)));
          }
        });
    if (!options.asMap().isEmpty()) {
      test.put("options", options.asMap());
    }
    for (Map<String, @Nullable Object> assertion : assertions) {
      if (!metric.isEmpty()) {
        assertion.put("metric", metric);
      }
    }
    return test.put("vars", variables).put("assert", assertions);
  }

  /** Returns the column's number as it is written: "__expected" is also the first. */
  private static String column(Map<String, ?> byColumn, String number) {
    boolean first = number.isEmpty() || number.equals("1");
    return byColumn.containsKey(number) || !first ? number : number.isEmpty() ? "1" : "";
  }

  private static Object number(String text) {
    try {
      return Double.valueOf(text.strip());
    } catch (NumberFormatException e) {
      return text;
    }
  }

  private static void putNumber(JsonObject test, String value, String place, Findings findings) {
    try {
      test.put("threshold", Double.valueOf(value.strip()));
    } catch (NumberFormatException e) {
      findings.error(
          "not-a-number",
          place,
          "\"" + value + "\" in the column __threshold is no number.",
          "Write a number from 0 to 1.");
    }
  }

  /** Returns whether promptfoo knows the type, also where this library does not run it. */
  private static boolean isKnown(String written) {
    String type = written.startsWith("not-") ? written.substring(4) : written;
    return AssertionType.of(type).isPresent() || OTHER_TYPES.contains(type);
  }

  /**
   * Reads {@code contains:text}, {@code similar(0.8):text} or a plain text, which means equality.
   */
  static JsonObject assertion(String written) {
    Matcher code = CODE.matcher(written);
    if (code.matches()) {
      String type = code.group(1).equals("python") ? "python" : "javascript";
      return JsonObject.empty().put("type", type).put("value", code.group(2).strip());
    }
    if (written.startsWith("grade:")) {
      return JsonObject.empty()
          .put("type", "llm-rubric")
          .put("value", written.substring(6).strip());
    }
    Matcher form = SHORT_FORM.matcher(written);
    if (!form.matches() || !isKnown(form.group("type"))) {
      return JsonObject.empty().put("type", "equals").put("value", written);
    }
    JsonObject assertion = JsonObject.empty().put("type", form.group("type"));
    String value = form.group("value");
    if (value != null) {
      assertion.put("value", value.strip());
    }
    String threshold = form.group("threshold");
    return threshold == null ? assertion : assertion.put("threshold", Double.valueOf(threshold));
  }
}
