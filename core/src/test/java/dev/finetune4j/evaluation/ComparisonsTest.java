package dev.finetune4j.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.finetune4j.grading.Grade;
import dev.finetune4j.statistics.PairedTest;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Families of comparisons, groups, slices and single pairs. */
final class ComparisonsTest {

  @Test
  void aFamilyOfComparisonsIsCorrectedTogether() {
    EvaluationReport base = MeasuredReports.passing("zero-shot", "0".repeat(20));
    EvaluationReport one = MeasuredReports.passing("one", "1".repeat(6) + "0".repeat(14));
    EvaluationReport two = MeasuredReports.passing("two", "1".repeat(7) + "0".repeat(13));

    Comparisons table = Comparisons.of(List.of(base, one, two), base, List.of("exact"));

    // p = 2 / 2^6 and 2 / 2^7; Holm doubles the smaller and leaves the larger.
    assertThat(table.all()).hasSize(2);
    assertThat(table.require("one", "exact").pValue()).isEqualTo(0.03125);
    assertThat(table.require("one", "exact").adjustedPValue()).isEqualTo(0.03125);
    assertThat(table.require("two", "exact").adjustedPValue()).isEqualTo(0.03125);
    assertThat(table.require("two", "exact").pValue()).isEqualTo(0.015625);
    assertThat(table.require("two", "exact").familySize()).isEqualTo(2);
    assertThat(table.significant(0.05)).hasSize(2);
    assertThatThrownBy(() -> table.require("three", "exact"))
        .hasMessageStartingWith("\"three\" is not compared by \"exact\"; there are [one against");
  }

  @Test
  void answersToOneExampleAreOneGroup() {
    EvaluationReport base = repeated("base", 6, 5, 0);
    EvaluationReport better = repeated("better", 6, 5, 1);

    Comparison comparison = better.comparedTo(base, "exact");

    assertThat(comparison.pairs()).isEqualTo(30);
    assertThat(comparison.examples()).isEqualTo(6);
    assertThat(comparison.test()).isEqualTo("paired permutation test, clustered by example");
    // Six examples that all went one way, not thirty.
    assertThat(comparison.pValue()).isEqualTo(2 / 64.0);
    assertThat(comparison.interval().low()).isLessThan(0.6);
    assertThat(better.score("exact").passInterval().low()).isLessThan(0.7);
    assertThatThrownBy(() -> comparison.by(PairedTest.MCNEMAR))
        .hasMessageContaining("these form 6 groups");
  }

  @Test
  void samplesCanBeGroupedByATag() {
    EvaluationReport base = tagged("base", i -> 0);
    EvaluationReport tuned = tagged("tuned", i -> i < 20 ? 1 : 0);

    Comparison blind = tuned.comparedTo(base, "exact");
    Comparison byCustomer = blind.clusteredBy("customer");

    assertThat(blind.pValue()).isLessThan(0.001);
    assertThat(byCustomer.pValue()).isEqualTo(1);
    assertThat(byCustomer.interval().width()).isGreaterThan(2 * blind.interval().width());
    assertThat(byCustomer.test()).isEqualTo("paired permutation test, clustered by customer");
    assertThatThrownBy(() -> blind.clusteredBy("region"))
        .hasMessage(
            "Sample 0 has no tag \"region\"; it has [customer]. Add the tag to the evaluation.");
  }

  @Test
  void wilcoxonsTestIsAnOption() {
    EvaluationReport tuned = MeasuredReports.scoring("tuned", 1, 0.5, 0.75, 1, 0.9, 0.8, 0.7);
    EvaluationReport base = MeasuredReports.scoring("base", 0.5, 0.55, 0.25, 0.6, 0.2, 0.5, 0.1);

    Comparison comparison = tuned.comparedTo(base, "exact").by(PairedTest.WILCOXON);

    // Of seven differences only the smallest is negative: ranks 1 against 27, 4 of 128 orders.
    assertThat(comparison.pValue()).isEqualTo(4 / 128.0);
    assertThat(comparison.test()).isEqualTo("Wilcoxon signed rank test");
  }

  @Test
  void notBeingWorseNeedsEnoughSamples() {
    String same = "10".repeat(200);
    EvaluationReport base = MeasuredReports.passing("base", same);
    EvaluationReport cheap = MeasuredReports.passing("cheap", "0" + same.substring(1));
    EvaluationReport few = MeasuredReports.passing("few", "10");

    Comparison comparison = cheap.comparedTo(base, "exact");

    assertThat(comparison.interval().low()).isCloseTo(-0.0161, within(1e-4));
    assertThat(comparison.isNotWorseThan(0.02)).isTrue();
    assertThat(comparison.isNotWorseThan(0.005)).isFalse();
    assertThat(few.comparedTo(few, "exact").isNotWorseThan(0.05)).isFalse();
    assertThatThrownBy(() -> comparison.isNotWorseThan(-1))
        .hasMessage("margin must be 0 or more, was -1.0.");
  }

  @Test
  void regressionsAreListedWorstFirst() {
    EvaluationReport base = MeasuredReports.scoring("base", 1, 0.5, 0.5, 1, 0);
    EvaluationReport tuned = MeasuredReports.scoring("tuned", 0.75, 0.5, 0, 1, 0.5);

    Comparison comparison = tuned.comparedTo(base, "exact");

    assertThat(comparison.regressions()).extracting(SamplePair::index).containsExactly(2L, 0L);
    assertThat(comparison.regressions().get(0).candidate().answer()).hasValue("answer of tuned");
    assertThat(comparison.regressions().get(0).difference()).isEqualTo(-0.5);
    assertThat(comparison.improvements()).extracting(SamplePair::index).containsExactly(4L);
    assertThat(comparison.samplePairs()).hasSize(5);
  }

  @Test
  void slicesHaveSeparateScoresAndAJointCorrection() {
    EvaluationReport base = tagged("base", i -> i < 20 ? 1 : 0);
    EvaluationReport tuned = tagged("tuned", i -> i < 20 ? 0 : 1);

    List<Slice> slices =
        tuned
            .comparedTo(base, "exact")
            .slices(Slicing.byTag("customer"), Slicing.byPromptLength(11));

    assertThat(slices)
        .extracting(Slice::title)
        .containsExactly(
            "customer = a",
            "customer = b",
            "customer = c",
            "prompt length = 0 to 10 characters",
            "prompt length = 11 characters and more");
    assertThat(slices.get(0).candidate().mean()).isZero();
    assertThat(slices.get(0).baseline().mean()).isEqualTo(1);
    assertThat(slices.get(0).comparison().difference()).isEqualTo(-1);
    assertThat(slices.get(0).comparison().familySize()).isEqualTo(5);
    assertThat(slices.get(0).isWorse(0.05)).isTrue();
    assertThat(slices.get(2).isWorse(0.05)).isFalse();
    assertThat(slices.get(0).comparison().adjustedPValue())
        .isGreaterThan(slices.get(0).comparison().pValue());
  }

  @Test
  void withoutAnyEffectAFamilyIsSignificantAsRarelyAsOneTest() {
    Random random = new Random(3);
    int wrong = 0;
    int wrongUncorrected = 0;

    for (int run = 0; run < 1000; run++) {
      EvaluationReport base = coins("base", random);
      List<EvaluationReport> variants =
          List.of(coins("a", random), coins("b", random), coins("c", random));
      Comparisons table = Comparisons.of(variants, base, List.of("exact", "tone"));
      wrong += table.significant(0.05).isEmpty() ? 0 : 1;
      wrongUncorrected += table.all().stream().anyMatch(it -> it.pValue() <= 0.05) ? 1 : 0;
    }

    // 5 % and three binomial standard deviations.
    assertThat(wrong).isBetween(1, 70);
    assertThat(wrongUncorrected).isGreaterThan(100);
  }

  private static EvaluationReport coins(String name, Random random) {
    EvaluationReport.Builder report =
        EvaluationReport.builder(name)
            .dataset("coins", MeasuredReports.FINGERPRINT)
            .grader("exact")
            .grader("tone");
    for (int i = 0; i < 60; i++) {
      report.sample(
          SampleResult.builder(i)
              .answer("a")
              .grade("exact", Grade.of(random.nextInt(2), 1))
              .grade("tone", Grade.of(random.nextInt(2), 1))
              .build());
    }
    return report.build();
  }

  private static EvaluationReport repeated(String name, int examples, int answers, double score) {
    EvaluationReport.Builder report =
        EvaluationReport.builder(name)
            .dataset("recipes", MeasuredReports.FINGERPRINT)
            .grader("exact");
    for (int i = 0; i < examples * answers; i++) {
      report.sample(
          SampleResult.builder(i / answers)
              .repetition(i % answers)
              .answer("a")
              .grade("exact", Grade.of(score, 1))
              .build());
    }
    return report.build();
  }

  /** Returns forty samples: twenty of customer a, ten of b, ten of c. */
  private static EvaluationReport tagged(String name, IntToDoubleFunction score) {
    EvaluationReport.Builder report =
        EvaluationReport.builder(name)
            .dataset("recipes", MeasuredReports.FINGERPRINT)
            .grader("exact");
    for (int i = 0; i < 40; i++) {
      report.sample(
          SampleResult.builder(i)
              .prompt(i % 2 == 0 ? "short" : "a longer question")
              .tag("customer", i < 20 ? "a" : i < 30 ? "b" : "c")
              .answer("a")
              .grade("exact", Grade.of(score.applyAsDouble(i), 1))
              .build());
    }
    return report.build();
  }
}
