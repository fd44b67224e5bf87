package dev.finetune4j.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Makes the goldens of {@code src/test/resources/golden} anew with the Python packages of {@code
 * src/test/python/requirements.txt}, in an environment made once in the user's cache folder, which
 * needs the network; about a minute.
 */
@Tag("python")
final class GoldensPythonTest {
  private static final Path SCRIPTS = Path.of("src/test/python");
  private static final Path GOLDENS = Path.of("src/test/resources/golden");

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "text_metrics.py, text-metrics.jsonl",
    "statistics_goldens.py, statistics.json",
    "agreement.py, agreement.jsonl",
    "porter_stems.py, porter-stems.txt"
  })
  void theScriptWritesWhatIsCheckedIn(String script, String golden) throws Exception {
    Path made = folder.resolve(golden);

    run(List.of(interpreter(), SCRIPTS.resolve(script).toString(), made.toString()));

    assertAlike(golden, read(GOLDENS.resolve(golden)), read(made));
  }

  @Test
  void randomCasesAndEveryTableOfUpTo300PairsAgreeWithScipyAndStatsmodels() throws Exception {
    Path made = folder.resolve("cases.json");
    run(List.of(interpreter(), SCRIPTS.resolve("random_cases.py").toString(), made.toString()));
    JsonObject cases = Json.parseObject(Files.readString(made));

    for (JsonObject each : cases.objects("mcnemar")) {
      double[] expected = numbers(each, "pValues");
      for (int lost = 0; lost < expected.length; lost++) {
        long won = expected.length - 1L - lost;
        double ours = new PairedPasses(300, won, lost).pValue();
        // Relative, because small p-values must be right too.
        assertThat(ours).as(won + ":" + lost).isCloseTo(expected[lost], within(1e-9 * ours));
      }
    }
    for (JsonObject each : cases.objects("exact")) {
      assertInterval(
          each,
          Interval.exact(
              each.requireLong("passed"),
              each.requireLong("samples"),
              each.requireDouble("level")));
    }
    for (JsonObject each : cases.objects("paired")) {
      PairedPasses table =
          new PairedPasses(
              each.requireLong("pairs"), each.requireLong("won"), each.requireLong("lost"));
      assertInterval(each, table.interval(0.95));
    }
    for (String test : List.of("permutation", "wilcoxon")) {
      for (JsonObject each : cases.objects(test)) {
        GroupedValues values = GroupedValues.independent(numbers(each, "values"));
        double ours = test.equals("wilcoxon") ? Wilcoxon.pValue(values) : SignFlip.pValue(values);
        assertThat(ours)
            .as("%s of %s", test, each)
            .isCloseTo(each.requireDouble("pValue"), within(1e-9));
      }
    }
    for (JsonObject each : cases.objects("holm")) {
      assertThat(Holm.adjusted(numbers(each, "values")))
          .as("%s", each)
          .containsExactly(numbers(each, "adjusted"), within(1e-12));
    }
    for (JsonObject each : cases.objects("clustered")) {
      assertThat(GroupedValues.of(numbers(each, "values"), each.list("groups")).standardError())
          .as("%s", each)
          .isCloseTo(each.requireDouble("standardError"), within(1e-9));
    }
  }

  private static void assertInterval(JsonObject expected, Interval ours) {
    assertThat(ours.low())
        .as("%s", expected)
        .isCloseTo(expected.requireDouble("low"), within(1e-7));
    assertThat(ours.high())
        .as("%s", expected)
        .isCloseTo(expected.requireDouble("high"), within(1e-7));
  }

  private static double[] numbers(JsonObject json, String member) {
    return json.list(member).stream().mapToDouble(it -> ((Number) it).doubleValue()).toArray();
  }

  @Test
  void aChangedFigureWouldBeSeen() {
    Map<String, @Nullable Object> golden = Map.of("values", List.of(0.5, 0.25));
    Map<String, @Nullable Object> other = Map.of("values", List.of(0.5, 0.2500001));

    assertThat(catchDifference(golden, golden)).isNull();
    assertThat(catchDifference(golden, other)).hasMessageContaining("golden.values[1]");
  }

  private static @Nullable AssertionError catchDifference(Object golden, Object other) {
    try {
      assertAlike("golden", golden, other);
      return null;
    } catch (AssertionError e) {
      return e;
    }
  }

  private static Object read(Path file) throws IOException {
    if (file.toString().endsWith(".txt")) {
      return Files.readAllLines(file);
    }
    return file.toString().endsWith(".jsonl")
        ? Files.readAllLines(file).stream().map(line -> Json.parseObject(line).asMap()).toList()
        : Json.parseObject(Files.readString(file)).asMap();
  }

  /** Other processors may round the last digits in another way, so numbers agree to 1e-9. */
  private static void assertAlike(String place, @Nullable Object golden, @Nullable Object made) {
    if (golden instanceof Map<?, ?> members && made instanceof Map<?, ?> others) {
      assertThat(others.keySet()).as(place).isEqualTo(members.keySet());
      members.forEach((name, value) -> assertAlike(place + "." + name, value, others.get(name)));
    } else if (golden instanceof List<?> values && made instanceof List<?> others) {
      assertThat(others).as(place).hasSameSizeAs(values);
      for (int i = 0; i < values.size(); i++) {
        assertAlike(place + "[" + i + "]", values.get(i), others.get(i));
      }
    } else if (golden instanceof Number number && made instanceof Number other) {
      assertThat(other.doubleValue()).as(place).isCloseTo(number.doubleValue(), within(1e-9));
    } else {
      assertThat(made).as(place).isEqualTo(golden);
    }
  }

  private static String interpreter() throws Exception {
    Path requirements = SCRIPTS.resolve("requirements.txt");
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(requirements));
    Path environment =
        Path.of(System.getProperty("user.home"), ".cache", "finetune4j")
            .resolve("python-goldens-" + HexFormat.of().formatHex(digest).substring(0, 12));
    String python = environment.resolve("bin/python").toString();
    Path ready = environment.resolve("ready");
    if (!Files.exists(ready)) {
      run(List.of("python3", "-m", "venv", environment.toString()));
      run(List.of(python, "-m", "pip", "install", "--quiet", "-r", requirements.toString()));
      Files.createFile(ready);
    }
    return python;
  }

  private static void run(List<String> command) throws IOException, InterruptedException {
    Path log = Files.createTempFile("goldens", ".log");
    int code =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start()
            .waitFor();
    String said = Files.readString(log);
    Files.delete(log);
    assertThat(code).as(said).isZero();
  }
}
