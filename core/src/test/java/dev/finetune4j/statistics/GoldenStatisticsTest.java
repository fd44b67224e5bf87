package dev.finetune4j.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/**
 * Holds the package against what scipy and statsmodels say (see {@code
 * src/test/python/statistics_goldens.py}): to 1e-9 where nothing is drawn. Two bootstraps of other
 * draws may differ by a tenth of the standard error (about 3.5 standard deviations of such a
 * difference), two drawn permutation tests by 0.006.
 */
final class GoldenStatisticsTest {
  private static final double EXACT = 1e-9;
  private final JsonObject goldens;
  private final SoftAssertions softly = new SoftAssertions();

  GoldenStatisticsTest() throws IOException {
    goldens =
        Json.parseObject(Files.readString(Path.of("src/test/resources/golden/statistics.json")));
  }

  @Test
  void wilsonsIntervalsAreThoseOfStatsmodels() {
    for (JsonObject golden : cases("wilson", 12)) {
      Interval interval =
          Interval.wilson(
              golden.requireLong("passed"),
              golden.requireLong("samples"),
              golden.requireDouble("level"));

      close(golden, "low", interval.low());
      close(golden, "high", interval.high());
    }
    softly.assertAll();
  }

  @Test
  void mcNemarsTestIsThatOfStatsmodels() {
    for (JsonObject golden : cases("mcnemar", 7)) {
      long won = golden.requireLong("won");
      long lost = golden.requireLong("lost");
      double expected = golden.requireDouble("pValue");

      double pValue = new PairedPasses(200, won, lost).pValue();

      softly.assertThat(pValue).as("%s", golden).isCloseTo(expected, within(expected * EXACT));
      softly.assertThat(new PairedPasses(200, lost, won).pValue()).isEqualTo(pValue);
    }
    softly.assertAll();
  }

  @Test
  void pairedIntervalsAreThoseOfTango() {
    for (JsonObject golden : cases("pairedIntervals", 5)) {
      PairedPasses passes =
          new PairedPasses(
              golden.requireLong("pairs"), golden.requireLong("won"), golden.requireLong("lost"));

      close(golden, "low", passes.interval(0.95).low());
      close(golden, "high", passes.interval(0.95).high());
    }
    softly.assertAll();
  }

  @Test
  void clusteredFiguresAreThoseOfStatsmodels() {
    for (JsonObject golden : cases("clustered", 4)) {
      GroupedValues values = grouped(golden);

      close(golden, "standardError", values.standardError());
      close(golden, "effectiveSize", values.effectiveSize(0.95));
      if (golden.has("wilson")) {
        ends(golden, "wilson", Interval.wilson(values, 0.95), EXACT);
      }
      if (golden.has("paired")) {
        ends(golden, "paired", PairedPasses.interval(values, 0.95), EXACT);
      }
    }
    softly.assertAll();
  }

  @Test
  void permutationTestsAreThoseOfScipy() {
    for (JsonObject golden : cases("permutation", 4)) {
      double tolerance = golden.findBoolean("exact").orElseThrow() ? EXACT : 0.006;

      double pValue = SignFlip.pValue(grouped(golden));

      softly
          .assertThat(pValue)
          .as("%s", golden)
          .isCloseTo(golden.requireDouble("pValue"), within(tolerance));
    }
    softly.assertAll();
  }

  @Test
  void wilcoxonsTestIsThatOfScipy() {
    for (JsonObject golden : cases("wilcoxon", 6)) {
      close(
          golden, "pValue", Wilcoxon.pValue(GroupedValues.independent(numbers(golden, "values"))));
    }
    softly.assertAll();
  }

  @Test
  void bootstrapsComeCloseToThoseOfScipy() {
    for (JsonObject golden : cases("bootstrap", 3)) {
      GroupedValues values = grouped(golden);
      double tolerance = golden.requireDouble("standardError") / 10;

      ends(golden, "percentile", Bootstrap.percentile(values, 0.95), tolerance);
      ends(golden, "biasCorrected", Bootstrap.biasCorrected(values, 0.95), tolerance);
    }
    softly.assertAll();
  }

  @Test
  void holmsCorrectionIsThatOfStatsmodels() {
    for (JsonObject golden : cases("holm", 4)) {
      assertThat(Holm.adjusted(numbers(golden, "pValues")))
          .containsExactly(numbers(golden, "adjusted"), within(EXACT));
    }
  }

  @Test
  void thePowerOfMcNemarsTestIsItsSumOverScipysBinomials() {
    for (JsonObject golden : cases("mcnemarPower", 4)) {
      SampleSize size =
          SampleSize.forPasses(golden.requireDouble("differing"))
              .level(golden.requireDouble("level"));

      double power = size.powerFor(golden.requireDouble("gain"), golden.requireLong("pairs"));

      close(golden, "power", power);
    }
    softly.assertAll();
  }

  @Test
  void sizesAreThoseOfStatsmodels() {
    for (JsonObject golden : cases("sizes", 5)) {
      boolean scores = golden.has("standardDeviation");
      double gain = golden.requireDouble("gain");
      SampleSize size =
          (scores
                  ? SampleSize.forScores(golden.requireDouble("standardDeviation"))
                  : SampleSize.forPasses(golden.requireDouble("differing")))
              .level(golden.requireDouble("level"));
      double needed = golden.requireDouble("needed");

      long examples = size.toDetect(gain).orElseThrow();

      // For passes the exact test needs some more than the formula says.
      softly.assertThat((double) examples).isBetween(needed, scores ? needed + 1 : needed * 1.03);
      if (scores) {
        close(golden, "powerOf100", size.powerFor(gain, 100));
        softly.assertThat(examples / golden.requireDouble("neededByTTest")).isBetween(1.0, 1.07);
      }
    }
    softly.assertAll();
  }

  private List<JsonObject> cases(String name, int count) {
    List<JsonObject> cases = goldens.objects(name);
    assertThat(cases).hasSize(count);
    return cases;
  }

  private void close(JsonObject golden, String member, double value) {
    softly
        .assertThat(value)
        .as("%s of %s", member, golden)
        .isCloseTo(golden.requireDouble(member), within(EXACT));
  }

  private void ends(JsonObject golden, String member, Interval interval, double tolerance) {
    softly
        .assertThat(new double[] {interval.low(), interval.high()})
        .as("%s of %s", member, golden)
        .containsExactly(numbers(golden, member), within(tolerance));
  }

  private static GroupedValues grouped(JsonObject golden) {
    return GroupedValues.of(numbers(golden, "values"), golden.list("groups"));
  }

  private static double[] numbers(JsonObject golden, String member) {
    return golden.list(member).stream()
        .mapToDouble(value -> Double.parseDouble(String.valueOf(value)))
        .toArray();
  }
}
