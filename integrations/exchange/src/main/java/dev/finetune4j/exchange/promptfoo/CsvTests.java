package dev.finetune4j.exchange.promptfoo;

import dev.finetune4j.exchange.Findings;
import dev.finetune4j.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    for (int i = 0; i < row.size(); i++) {
      String name = names.get(i);
      String value = row.get(i);
      if (name.startsWith("__expected")) {
        if (!value.isBlank()) {
          assertions.add(assertion(value.strip()).asMap());
        }
      } else if (name.equals("__metric")) {
        metric = value;
      } else if (name.equals("__threshold") && !value.isBlank()) {
        putNumber(test, value, place, findings);
      } else if (name.equals("__prefix") || name.equals("__suffix")) {
        if (!value.isEmpty()) {
          findings.error(
              "prompt-affix",
              place,
              "The column " + name + " changes the prompt, which is not understood here.",
              "Write the text into the prompt or into a variable.");
        }
      } else if (!name.startsWith("__")) {
        variables.put(name, value);
      }
    }
    for (Map<String, @Nullable Object> assertion : assertions) {
      if (!metric.isEmpty()) {
        assertion.put("metric", metric);
      }
    }
    return test.put("vars", variables).put("assert", assertions);
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
    if (!form.matches() || AssertionType.of(form.group("type")).isEmpty()) {
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
