package dev.finetune4j.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.evaluation.EvaluationReport;
import dev.finetune4j.evaluation.MeasuredReports;
import dev.finetune4j.evaluation.SampleResult;
import dev.finetune4j.grading.Grade;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Faults of decisions that were seen from outside; each test names the row. */
final class DecisionFaultsTest {
  private static final DecisionPolicy POLICY =
      DecisionPolicy.builder("exact").minimumGainPoints(5).build();

  @ParameterizedTest
  @CsvSource({
    "0, KEEP_BASELINE, 100",
    "20, NOT_ENOUGH_EVIDENCE, 80",
    "100, NOT_ENOUGH_EVIDENCE, 0"
  })
  void refusedQuestionsAreNotWrongAnswersD1(int refused, Verdict verdict, int compared) {
    EvaluationReport base = unanswered("base", 100, refused, "HTTP 403", true);
    EvaluationReport tuned = MeasuredReports.passing("tuned", "1".repeat(100));

    Decision decision = decide(POLICY, tuned, base);

    assertThat(decision.verdict()).isEqualTo(verdict);
    assertThat(decision.comparison().pairs()).isEqualTo(compared);
    if (refused > 0) {
      assertThat(decision.reasons().get(0).sentence())
          .startsWith(refused + " of 100 samples of base (" + refused + ".0 %) have no grade")
          .contains("there is no verdict on quality: " + refused + " x HTTP 403");
    }
    assertThat(decision.testExamplesNeeded().isPresent()).isEqualTo(refused == 20);
  }

  @Test
  void samplesThatWereNotAskedAreNoFailuresAndNoAnswersD1() {
    EvaluationReport base = unanswered("base", 60, 40, "The cost limit was reached.", false);
    EvaluationReport tuned = MeasuredReports.passing("tuned", "1".repeat(60));

    Decision decision = decide(POLICY, tuned, base);

    assertThat(base.failures()).isZero();
    assertThat(decision.verdict()).isEqualTo(Verdict.NOT_ENOUGH_EVIDENCE);
    assertThat(decision.reasons().get(0).sentence()).contains("40 x The cost limit was reached.");
  }

  @Test
  void aPolicyMayAllowMoreMissingSamples() {
    EvaluationReport base = unanswered("base", 100, 20, "HTTP 500", true);
    DecisionPolicy lenient =
        DecisionPolicy.builder("exact").minimumGainPoints(10).maximumMissingShare(0.25).build();

    Decision decision = decide(lenient, MeasuredReports.passing("tuned", "1".repeat(100)), base);

    assertThat(decision.verdict()).isEqualTo(Verdict.KEEP_BASELINE);
  }

  @Test
  void alternativesWithOneNameAreRefusedD2() {
    EvaluationReport base = MeasuredReports.passing("b", "1010");

    assertThatThrownBy(() -> decide(POLICY, MeasuredReports.passing("tuned", "1111"), base, base))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("There are two alternatives named \"b\": give each its own name.");
  }

  @Test
  void aGainAtTheMinimumNeedsNoPromisedNumberS4() {
    String tuned = "1".repeat(12) + "0".repeat(7) + "1".repeat(81);
    String base = "0".repeat(12) + "1".repeat(7) + "1".repeat(81);

    Decision decision =
        decide(
            POLICY, MeasuredReports.passing("tuned", tuned), MeasuredReports.passing("base", base));

    assertThat(decision.verdict()).isEqualTo(Verdict.NOT_ENOUGH_EVIDENCE);
    assertThat(decision.testExamplesNeeded()).isEmpty();
  }

  @Test
  void theBestOfManyEqualBaselinesDoesNotHideAGainS9() {
    SplittableRandom random = new SplittableRandom(9);
    int kept = 0;
    for (int run = 0; run < 200; run++) {
      EvaluationReport tuned = drawn("tuned", 0.55, random);
      EvaluationReport[] baselines =
          IntStream.range(0, 20)
              .mapToObj(i -> drawn("base " + i, 0.5, random))
              .toArray(EvaluationReport[]::new);
      Decision decision = decide(POLICY, tuned, baselines);
      kept += decision.verdict() == Verdict.KEEP_BASELINE ? 1 : 0;
    }
    // 2.5 % and three standard errors of 200 runs.
    assertThat(kept).isLessThanOrEqualTo(11);
  }

  @Test
  void aProvenGainNeedsAnIntervalAboveTheMinimum() {
    EvaluationReport base = MeasuredReports.passing("base", "0".repeat(20) + "1".repeat(80));
    EvaluationReport tuned = MeasuredReports.passing("tuned", "1".repeat(100));
    EvaluationReport little =
        MeasuredReports.passing("tuned", "1".repeat(9) + "0".repeat(11) + "1".repeat(80));
    DecisionPolicy proven =
        DecisionPolicy.builder("exact").minimumGainPoints(5).provenGain().build();

    assertThat(decide(proven, tuned, base).verdict()).isEqualTo(Verdict.FINE_TUNE);
    assertThat(decide(POLICY, little, base).verdict()).isEqualTo(Verdict.FINE_TUNE);
    assertThat(decide(proven, little, base).verdict()).isEqualTo(Verdict.NOT_ENOUGH_EVIDENCE);
  }

  @Test
  void aRepeatedTagThatIsNoClusterIsAWarning() {
    EvaluationReport base = tagged("base", "0001111111");
    EvaluationReport tuned = tagged("tuned", "1111111111");
    DecisionPolicy clustered = DecisionPolicy.builder("exact").clusteredBy("customer").build();

    assertThat(sentences(decide(POLICY, tuned, base)))
        .contains("The tag \"customer\" has only 3 values for 10 examples");
    assertThat(sentences(decide(clustered, tuned, base))).doesNotContain("The tag");
  }

  private static String sentences(Decision decision) {
    return decision.reasons().stream().map(Reason::sentence).collect(Collectors.joining(" "));
  }

  private static Decision decide(
      DecisionPolicy policy, EvaluationReport tuned, EvaluationReport... baselines) {
    return DecisionMaker.under(policy).baselines(List.of(baselines)).tuned(tuned).decide();
  }

  private static EvaluationReport drawn(String name, double rate, SplittableRandom random) {
    return MeasuredReports.passing(
        name,
        random
            .doubles(50)
            .mapToObj(drawn -> drawn < rate ? "1" : "0")
            .collect(Collectors.joining()));
  }

  private static EvaluationReport unanswered(
      String name, int samples, int missing, String reason, boolean asked) {
    EvaluationReport.Builder report = report(name);
    for (int i = 0; i < samples; i++) {
      SampleResult.Builder sample = SampleResult.builder(i);
      if (i >= samples - missing) {
        report.sample((asked ? sample.failure(reason) : sample.notAsked(reason)).build());
      } else {
        report.sample(sample.answer("yes").grade("exact", Grade.pass()).build());
      }
    }
    return report.build();
  }

  private static EvaluationReport tagged(String name, String outcomes) {
    EvaluationReport.Builder report = report(name);
    for (int i = 0; i < outcomes.length(); i++) {
      Grade grade = outcomes.charAt(i) == '1' ? Grade.pass() : Grade.fail("wrong");
      report.sample(
          SampleResult.builder(i)
              .tag("customer", "c" + i % 3)
              .answer("yes")
              .grade("exact", grade)
              .build());
    }
    return report.build();
  }

  private static EvaluationReport.Builder report(String name) {
    return EvaluationReport.builder(name)
        .dataset("questions", MeasuredReports.FINGERPRINT)
        .grader("exact");
  }
}
