package dev.finetune4j.evaluation.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Compares the metrics with scikit-learn and scipy (see {@code src/test/python/agreement.py}). */
final class AgreementTest {
  private static final Offset<Double> NEAR = within(1e-9);
  private static final List<String> SCALE = List.of("1", "2", "3", "4", "5");

  private static List<String> texts(JsonObject json, String name) {
    return json.list(name).stream().map(String::valueOf).toList();
  }

  private static double[] numbers(List<?> values) {
    return values.stream()
        .mapToDouble(value -> Double.parseDouble(String.valueOf(value)))
        .toArray();
  }

  @Test
  void everyMetricAgreesWithItsReference() throws IOException {
    List<String> lines = Files.readAllLines(Path.of("src/test/resources/golden/agreement.jsonl"));
    SoftAssertions softly = new SoftAssertions();

    for (String line : lines) {
      JsonObject golden = Json.parseObject(line);
      List<String> expected = texts(golden, "expected");
      List<String> given = texts(golden, "given");
      double[] first = numbers(expected);
      double[] second = numbers(given);
      Classification classes = Classification.of(expected, given);
      ConfusionMatrix onScale = ConfusionMatrix.of(SCALE, expected, given);

      softly.assertThat(classes.accuracy()).isCloseTo(golden.requireDouble("accuracy"), NEAR);
      softly.assertThat(classes.macroF1()).isCloseTo(golden.requireDouble("macroF1"), NEAR);
      softly.assertThat(classes.weightedF1()).isCloseTo(golden.requireDouble("weightedF1"), NEAR);
      softly.assertThat(classes.matrix().kappa()).isCloseTo(golden.requireDouble("kappa"), NEAR);
      softly
          .assertThat(onScale.weightedKappa())
          .isCloseTo(golden.requireDouble("weightedKappa"), NEAR);
      softly
          .assertThat(RankCorrelation.spearman(first, second))
          .isCloseTo(golden.requireDouble("spearman"), NEAR);
      softly
          .assertThat(RankCorrelation.kendall(first, second))
          .isCloseTo(golden.requireDouble("kendall"), NEAR);
      perClass(softly, golden, classes);
      matrix(softly, golden, onScale);
    }

    assertThat(lines).hasSizeGreaterThan(15);
    softly.assertAll();
  }

  private static void perClass(
      SoftAssertions softly, JsonObject golden, Classification classification) {
    double[] precision = numbers(golden.list("precision"));
    double[] recall = numbers(golden.list("recall"));
    double[] f1 = numbers(golden.list("f1"));
    double[] support = numbers(golden.list("support"));
    softly.assertThat(classification.classes()).hasSize(f1.length);
    for (int i = 0; i < f1.length; i++) {
      Classification.LabelScore score = classification.classes().get(i);
      softly.assertThat(score.precision()).isCloseTo(precision[i], NEAR);
      softly.assertThat(score.recall()).isCloseTo(recall[i], NEAR);
      softly.assertThat(score.f1()).isCloseTo(f1[i], NEAR);
      softly.assertThat((double) score.support()).isEqualTo(support[i]);
    }
  }

  private static void matrix(SoftAssertions softly, JsonObject golden, ConfusionMatrix matrix) {
    List<?> rows = golden.list("matrix");
    for (int row = 0; row < SCALE.size(); row++) {
      double[] counts = numbers((List<?>) rows.get(row));
      for (int column = 0; column < SCALE.size(); column++) {
        softly
            .assertThat((double) matrix.count(SCALE.get(row), SCALE.get(column)))
            .isEqualTo(counts[column]);
      }
    }
  }

  @Test
  void constantInputsGiveNaN() {
    assertThat(ConfusionMatrix.of(List.of("a", "a"), List.of("a", "a")).kappa()).isNaN();
    assertThat(RankCorrelation.spearman(new double[] {1, 1}, new double[] {1, 2})).isNaN();
    assertThat(RankCorrelation.kendall(new double[0], new double[0])).isNaN();
  }

  @Test
  void listsOfDifferentLengthsAreRejected() {
    assertThatThrownBy(() -> ConfusionMatrix.of(List.of("a"), List.of()))
        .hasMessage("There are 1 expected labels and 0 given ones.");
    assertThatThrownBy(() -> RankCorrelation.spearman(new double[1], new double[2]))
        .hasMessage("The lists of scores must have the same length, had 1 and 2.");
    assertThatThrownBy(() -> ConfusionMatrix.of(List.of("a"), List.of("a"), List.of("b")))
        .hasMessage("\"b\" is not one of the labels [a].");
  }
}
