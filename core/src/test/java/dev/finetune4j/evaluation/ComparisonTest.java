package dev.finetune4j.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.finetune4j.dataset.Fingerprint;
import org.junit.jupiter.api.Test;

final class ComparisonTest {

  @Test
  void passRatesAreComparedPairByPair() {
    EvaluationReport tuned = MeasuredReports.passing("tuned", "1111111111");
    EvaluationReport base = MeasuredReports.passing("zero-shot", "0000011111");

    Comparison comparison = tuned.comparedTo(base, "exact");

    assertThat(comparison.difference()).isCloseTo(0.5, within(1e-12));
    assertThat(comparison.improved()).isEqualTo(5);
    assertThat(comparison.worsened()).isZero();
    assertThat(comparison.pValue()).isCloseTo(0.0625, within(1e-12));
    assertThat(comparison.test()).isEqualTo("exact McNemar test");
    assertThat(comparison.measure()).isEqualTo("pass rate");
    assertThat(comparison.pairs()).isEqualTo(10);
    assertThat(comparison)
        .hasToString(
            "tuned against zero-shot: +50.0 points (95 % interval +1.5 to +79.9, p = 0.063, exact"
                + " McNemar test)");
  }

  @Test
  void fractionalScoresAreComparedByTheirMeans() {
    EvaluationReport tuned = MeasuredReports.scoring("tuned", 1, 0.5, 0.75, 1);
    EvaluationReport base = MeasuredReports.scoring("zero-shot", 0.5, 0.5, 0.25, 0.5);

    Comparison comparison = tuned.comparedTo(base, "exact");

    assertThat(comparison.measure()).isEqualTo("mean score");
    assertThat(comparison.test()).isEqualTo("paired permutation test");
    assertThat(comparison.difference()).isCloseTo(0.375, within(1e-12));
    assertThat(comparison.interval().contains(0.375)).isTrue();
    assertThat(comparison.pValue()).isEqualTo(0.25);
    assertThat(comparison.standardDeviation()).isCloseTo(0.25, within(1e-12));
  }

  @Test
  void reportsOfDifferentDataAreRejected() {
    EvaluationReport tuned = MeasuredReports.passing("tuned", "11");
    EvaluationReport other =
        EvaluationReport.builder("other")
            .dataset("other", new Fingerprint("cd".repeat(32)))
            .grader("exact")
            .build();

    assertThatThrownBy(() -> tuned.comparedTo(other, "exact"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "\"tuned\" and \"other\" were not measured on the same samples (abababababab, 2;"
                + " cdcdcdcdcdcd, 0): evaluate both on one data set.");
  }

  @Test
  void anUnknownGraderIsRejected() {
    EvaluationReport tuned = MeasuredReports.passing("tuned", "11");

    assertThatThrownBy(() -> tuned.comparedTo(tuned, "f1"))
        .hasMessage("\"tuned\" has no grader \"f1\"; it has [exact].");
  }
}
