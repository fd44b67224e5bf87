package dev.finetune4j.exchange.promptfoo;

import dev.finetune4j.exchange.Findings;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.json.JsonSyntaxException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Reads tests in all their forms and merges the defaults into them. Not thread-safe. */
final class TestReading {
  private static final String[] USED = {
    "type", "value", "threshold", "weight", "metric", "provider", "assert", "transform"
  };

  private final ReferencedFiles files;
  private final Findings findings;
  private final JsonObject defaults;
  private final List<TestCase> tests = new ArrayList<>();

  /** The settings of the scenario whose tests are read; empty outside of scenarios. */
  private JsonObject scenario = JsonObject.empty();

  TestReading(ReferencedFiles files, Findings findings, JsonObject root) {
    this.files = files;
    this.findings = findings;
    defaults = defaults(root.asMap().get("defaultTest"));
  }

  List<TestCase> read(JsonObject root) {
    several("$.tests", root.asMap().get("tests"));
    scenarios(root.asMap().get("scenarios"));
    if (tests.isEmpty() && findings.all().isEmpty()) {
      findings.error(
          "no-test",
          "$.tests",
          "There is no test.",
          "Give tests with \"vars\" and \"assert\", or the name of a CSV, YAML, JSON or JSONL file.");
    }
    return tests;
  }

  private JsonObject defaults(@Nullable Object written) {
    Object tree = written;
    if (written instanceof String reference) {
      List<Path> found = files.files(reference, "$.defaultTest");
      tree = found.isEmpty() ? null : files.tree(found.get(0), "$.defaultTest");
    }
    Map<String, @Nullable Object> map = YamlText.mapOf(tree);
    return map == null ? JsonObject.empty() : JsonObject.of(map);
  }

  private void several(String place, @Nullable Object written) {
    if (written instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        one(place + "[" + i + "]", list.get(i));
      }
    } else if (written != null) {
      one(place, written);
    }
  }

  private void one(String place, @Nullable Object written) {
    if (written instanceof String reference) {
      file(place, reference);
      return;
    }
    Map<String, @Nullable Object> map = YamlText.mapOf(written);
    if (map == null) {
      findings.error(
          "not-a-test",
          place,
          "Here is " + Json.kind(written) + " where a test belongs.",
          "Write an object with \"vars\" and \"assert\".");
    } else if (map.containsKey("path")) {
      file(place, String.valueOf(map.get("path")));
    } else {
      test(place, JsonObject.of(map));
    }
  }

  private void file(String place, String reference) {
    if (reference.contains("://") && !reference.startsWith(ReferencedFiles.SCHEME)) {
      findings.error(
          "source-not-read",
          place,
          "\"" + reference + "\" is not on this machine.",
          "Download it and name the file.");
      return;
    }
    for (Path file : files.files(reference, place)) {
      String inside = place + " -> " + file.getFileName() + " ";
      switch (ReferencedFiles.extension(file)) {
        case "csv" -> files.text(file, place).ifPresent(text -> csv(inside, text));
        case "jsonl" -> files.text(file, place).ifPresent(text -> lines(inside, text));
        case "json", "yaml", "yml" -> several(inside + "$", files.tree(file, place));
        default ->
            findings.error(
                "test-file-not-read",
                place,
                "Tests in \"" + file.getFileName() + "\" are not read.",
                "Write them as .csv, .jsonl, .json or .yaml.");
      }
    }
  }

  private void csv(String place, String text) {
    List<JsonObject> rows;
    try {
      rows = CsvTests.read(text, place, findings);
    } catch (UncheckedIOException | IllegalStateException e) {
      findings.error(
          "not-a-table",
          place.strip(),
          "The table is broken: " + e.getMessage() + ".",
          "Close every quotation mark, and double those inside a text.");
      return;
    }
    for (int i = 0; i < rows.size(); i++) {
      test(place + "row " + (i + 1), rows.get(i));
    }
  }

  private void lines(String place, String text) {
    int number = 0;
    for (String line : text.split("\n", -1)) {
      number++;
      if (!line.isBlank()) {
        try {
          test(place + "line " + number, Json.parseObject(line));
        } catch (JsonSyntaxException e) {
          findings.error(
              "not-a-test",
              place + "line " + number,
              String.valueOf(e.getMessage()),
              "Write one test as a JSON object on each line.");
        }
      }
    }
  }

  private void scenarios(@Nullable Object written) {
    List<?> list = written instanceof List<?> items ? items : List.of();
    for (int i = 0; i < list.size(); i++) {
      String place = "$.scenarios[" + i + "]";
      Map<String, @Nullable Object> scenario = YamlText.mapOf(list.get(i));
      if (scenario == null) {
        several(place, list.get(i));
        continue;
      }
      Members.report(JsonObject.of(scenario), place, findings, "config", "tests");
      List<?> settings =
          scenario.get("config") instanceof List<?> given ? given : List.of(Map.of());
      Object inner = scenario.get("tests");
      for (Object setting : settings) {
        Map<String, @Nullable Object> outer = YamlText.mapOf(setting);
        this.scenario = JsonObject.of(outer == null ? Map.of() : outer);
        several(place + ".tests", inner == null ? List.of(Map.of()) : inner);
      }
      this.scenario = JsonObject.empty();
    }
  }

  /** Adds a test: the scenario's settings outrank the defaults, and the test's outrank both. */
  private void test(String place, JsonObject written) {
    Members.report(written, place, findings, "vars", "assert", "options", "threshold");
    List<JsonObject> layers = List.of(defaults, scenario, written);
    Map<String, @Nullable Object> variables = new LinkedHashMap<>();
    Map<String, @Nullable Object> options = new LinkedHashMap<>();
    OptionalDouble threshold = OptionalDouble.empty();
    for (JsonObject layer : layers) {
      variables.putAll(variables(layer.asMap(), layer == defaults ? "$.defaultTest" : place));
      Map<String, @Nullable Object> given = YamlText.mapOf(layer.asMap().get("options"));
      options.putAll(given == null ? Map.of() : given);
      OptionalDouble own = number(layer.asMap().get("threshold"));
      threshold = own.isPresent() ? own : threshold;
    }
    Members.report(
        JsonObject.of(options),
        place + ".options",
        findings,
        "disableDefaultAsserts",
        "prefix",
        "suffix",
        "provider");
    variables.forEach((name, value) -> checkTemplates(place + ".vars." + name, value));
    List<JsonObject> assertions = new ArrayList<>();
    if (!Boolean.TRUE.equals(options.get("disableDefaultAsserts"))) {
      assertions.addAll(assertions(defaults, "$.defaultTest"));
    }
    assertions.addAll(assertions(scenario, place));
    assertions.addAll(assertions(written, place));
    Object judge = options.get("provider");
    if (judge != null) {
      assertions.replaceAll(it -> it.has("provider") ? it : it.put("provider", judge));
    }
    tests.addAll(
        new TestCase(
                place,
                variables,
                assertions,
                Nunjucks.shown(options.get("prefix")),
                Nunjucks.shown(options.get("suffix")),
                threshold)
            .expanded());
  }

  private void checkTemplates(String place, @Nullable Object value) {
    Nunjucks.obstacleIn(value)
        .ifPresent(
            obstacle ->
                findings.error(
                    "template-not-fillable",
                    place,
                    "The variable uses " + obstacle + ", which this library does not work out.",
                    "Write the text that it stands for."));
  }

  private Map<String, @Nullable Object> variables(
      Map<String, @Nullable Object> test, String place) {
    Map<String, @Nullable Object> variables = new LinkedHashMap<>();
    Map<String, @Nullable Object> written = YamlText.mapOf(test.get("vars"));
    if (written == null) {
      return variables;
    }
    written.forEach(
        (name, value) -> {
          Object content = loaded(value, place + ".vars." + name);
          // A block text of YAML ends with a line break, which promptfoo drops.
          variables.put(
              name, content instanceof String text ? text.replaceAll("\\n$", "") : content);
        });
    return variables;
  }

  private @Nullable Object loaded(@Nullable Object value, String place) {
    if (!(value instanceof String reference) || !ReferencedFiles.isReference(value)) {
      return value;
    }
    List<Object> contents = new ArrayList<>();
    for (Path file : files.files(reference, place)) {
      switch (ReferencedFiles.extension(file)) {
        case "json", "yaml", "yml" -> {
          Object tree = files.tree(file, place);
          contents.add(tree == null ? "" : tree);
        }
        default -> files.text(file, place).ifPresent(text -> contents.add(text.strip()));
      }
    }
    return contents.size() == 1 ? contents.get(0) : contents;
  }

  private List<JsonObject> assertions(JsonObject test, String place) {
    Object written = test.asMap().get("assert");
    List<JsonObject> assertions = new ArrayList<>();
    int number = 0;
    for (Object item : written instanceof List<?> list ? list : List.of()) {
      Map<String, @Nullable Object> map = YamlText.mapOf(item);
      String at = place + ".assert[" + number++ + "]";
      if (map == null || !(map.get("type") instanceof String)) {
        findings.error(
            "not-an-assertion",
            at,
            "This is not an assertion.",
            "Write an object with a \"type\" such as equals or contains.");
      } else {
        JsonObject assertion = JsonObject.of(map);
        Members.report(assertion, at, findings, USED);
        assertions.add(withFiles(assertion, at));
      }
    }
    return assertions;
  }

  private JsonObject withFiles(JsonObject assertion, String place) {
    Object value = assertion.asMap().get("value");
    // Code stays named by its file: it is reported as code, and not as a missing text.
    return ReferencedFiles.isReference(value)
            && AssertionType.of(assertion.requireString("type")).isPresent()
        ? assertion.put("value", loaded(value, place + ".value"))
        : assertion;
  }

  private static OptionalDouble number(@Nullable Object value) {
    return value instanceof Number number
        ? OptionalDouble.of(number.doubleValue())
        : OptionalDouble.empty();
  }
}
