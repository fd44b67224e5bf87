package dev.finetune4j.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.cost.InferencePrice;
import dev.finetune4j.cost.Money;
import dev.finetune4j.evaluation.EvaluationReport;
import dev.finetune4j.evaluation.MeasuredReports;
import dev.finetune4j.evaluation.SampleResult;
import dev.finetune4j.grading.Grade;
import dev.finetune4j.inference.TokenUsage;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class DecisionMakerTest {
  private static final DecisionPolicy POLICY =
      DecisionPolicy.builder("exact").minimumGainPoints(5).requestsPerMonth(1_000_000).build();
  private static final EvaluationReport ZERO_SHOT =
      MeasuredReports.passing("zero-shot", "0".repeat(60));
  private static final EvaluationReport FEW_SHOT =
      MeasuredReports.passing("few-shot (4)", "1".repeat(6) + "0".repeat(54));
  private static final EvaluationReport GOOD =
      MeasuredReports.passing("tuned", "1".repeat(58) + "00");

  @Test
  void aMuchBetterModelIsChosenWithReasons() {
    Decision decision =
        DecisionMaker.under(POLICY).baseline(ZERO_SHOT).baseline(FEW_SHOT).tuned(GOOD).decide();

    assertThat(decision.verdict()).isEqualTo(Verdict.FINE_TUNE);
    assertThat(decision.chosen()).isEqualTo("tuned");
    assertThat(decision.comparison().baseline()).isEqualTo("few-shot (4)");
    assertThat(decision.alternatives())
        .extracting(AlternativeSummary::name)
        .containsExactly("zero-shot", "few-shot (4)", "tuned");
    assertThat(decision.reasons())
        .extracting(Reason::sentence)
        .startsWith(
            "tuned scores 96.7 % on 60 test samples and the best baseline, few-shot (4), scores"
                + " 10.0 %: a gain of 86.7 points (95 % interval 70.7 to 94.2, corrected for 2 baselines).",
            "It did better on 52 samples and worse on 0; this is unlikely to be chance (p <"
                + " 0.001, exact McNemar test, level 0.05).");
    assertThat(decision.reasons())
        .extracting(Reason::figure)
        .startsWith("comparison.difference = 0.8667", "comparison.pValue = 4.44e-16");
    assertThat(decision.testExamplesNeeded()).isEmpty();
  }

  @Test
  void aModelWithoutGainIsNotChosen() {
    EvaluationReport useless = MeasuredReports.passing("tuned", "1".repeat(6) + "0".repeat(194));
    EvaluationReport base = MeasuredReports.passing("few-shot", "1".repeat(8) + "0".repeat(192));

    Decision decision = DecisionMaker.under(POLICY).baseline(base).tuned(useless).decide();

    assertThat(decision.verdict()).isEqualTo(Verdict.KEEP_BASELINE);
    assertThat(decision.chosen()).isEqualTo("few-shot");
    assertThat(decision.reasons().get(0).sentence()).contains("a difference of -1.0 points");
    assertThat(decision.reasons().get(2).sentence())
        .isEqualTo(
            "Even the upper end of the interval is below the 5.0 points that the policy requires.");
  }

  @Test
  void aSmallTestSetNeedsMoreExamples() {
    EvaluationReport tuned = MeasuredReports.passing("tuned", "1111111000");
    EvaluationReport base = MeasuredReports.passing("zero-shot", "1111000010");

    Decision decision = DecisionMaker.under(POLICY).baseline(base).tuned(tuned).decide();

    assertThat(decision.verdict()).isEqualTo(Verdict.NOT_ENOUGH_EVIDENCE);
    assertThat(decision.chosen()).isEqualTo("zero-shot");
    // Exact power where 4 of 10 pairs differ, as seen, and the gain must also reach 5 points.
    assertThat(decision.testExamplesNeeded()).hasValue(84);
    assertThat(decision.reasons().get(2).sentence())
        .isEqualTo(
            "The interval does not show whether the gain reaches 5.0 points; about 84 test"
                + " examples would probably settle it (74 more).");
  }

  @Test
  void aCostAboveTheLimitRulesOutEvenAGoodModel() {
    DecisionPolicy poor =
        DecisionPolicy.builder("exact").maximumOneTimeCost(Money.dollars("10")).build();

    Decision decision =
        DecisionMaker.under(poor)
            .baseline(ZERO_SHOT)
            .tuned(GOOD)
            .costs(CostFigures.builder().oneTime(Money.dollars("12.50")).build())
            .decide();

    assertThat(decision.verdict()).isEqualTo(Verdict.KEEP_BASELINE);
    assertThat(decision.reasons())
        .extracting(Reason::sentence)
        .contains("The one-time cost is 12.50 USD; the policy allows 10.00 USD.");
  }

  @Test
  void aBaseModelRetiredTooSoonRulesItOut() {
    LocalDate today = LocalDate.of(2026, 11, 22);
    DecisionPolicy policy = DecisionPolicy.builder("exact").minimumLifetimeDays(90).build();
    DecisionMaker decisionMaker = DecisionMaker.under(policy).baseline(ZERO_SHOT).tuned(GOOD);

    Decision soon = decisionMaker.lifetime(today, LocalDate.of(2027, 1, 6)).decide();
    Decision over = decisionMaker.lifetime(today, LocalDate.of(2026, 11, 20)).decide();
    Decision later = decisionMaker.lifetime(today, LocalDate.of(2027, 11, 22)).decide();

    assertThat(soon.verdict()).isEqualTo(Verdict.KEEP_BASELINE);
    assertThat(soon.remainingDays()).hasValue(45);
    assertThat(soon.reasons())
        .extracting(Reason::sentence)
        .contains("The base model is available for another 45 days; the policy requires 90 days.");
    assertThat(over.reasons())
        .extracting(Reason::sentence)
        .contains("The base model was retired 2 days ago.");
    assertThat(later.verdict()).isEqualTo(Verdict.FINE_TUNE);
  }

  @Test
  void aRegressionByAnotherGraderRulesItOut() {
    EvaluationReport base = withTone("zero-shot", "0".repeat(20), "1".repeat(20));
    EvaluationReport tuned = withTone("tuned", "1".repeat(20), "1".repeat(8) + "0".repeat(12));
    DecisionPolicy policy = DecisionPolicy.builder("exact").mustNotRegress("tone").build();

    Decision decision = DecisionMaker.under(policy).baseline(base).tuned(tuned).decide();

    assertThat(decision.verdict()).isEqualTo(Verdict.KEEP_BASELINE);
    assertThat(decision.otherComparisons()).hasSize(1);
    assertThat(decision.reasons())
        .extracting(Reason::sentence)
        .contains(
            "By \"tone\" it is significantly worse than the baseline (-60.0 points, p < 0.001).");
  }

  private static EvaluationReport withTone(String name, String exact, String tone) {
    EvaluationReport.Builder both =
        EvaluationReport.builder(name)
            .dataset("recipes", MeasuredReports.FINGERPRINT)
            .grader("exact")
            .grader("tone");
    for (int i = 0; i < exact.length(); i++) {
      both.sample(
          SampleResult.builder(i)
              .answer("a")
              .grade("exact", Grade.of(exact.charAt(i) - '0', 1))
              .grade("tone", Grade.of(tone.charAt(i) - '0', 1))
              .build());
    }
    return both.build();
  }

  @Test
  void theBreakEvenFollowsFromTokensAndPrices() {
    EvaluationReport long4 =
        MeasuredReports.scoring("few-shot (4)", new TokenUsage(900, 100), new double[60]);
    double[] right = new double[60];
    Arrays.fill(right, 1);
    EvaluationReport tuned = MeasuredReports.scoring("tuned", new TokenUsage(100, 100), right);
    InferencePrice price = new InferencePrice(Money.dollars("1"), Money.dollars("2"));
    CostFigures costs =
        CostFigures.builder()
            .oneTime(Money.dollars("120"))
            .monthly("tuned", Money.dollars("30"))
            .price("few-shot (4)", price)
            .price("tuned", price)
            .build();

    Decision decision =
        DecisionMaker.under(POLICY).baseline(long4).tuned(tuned).costs(costs).decide();

    // 1.10 against 0.30 dollars a thousand; 30 + 120 / 12 dollars a month; 40 / 0.80 x 1000.
    BreakEven breakEven = decision.breakEven().orElseThrow();
    assertThat(breakEven.savingPerThousandRequests()).isEqualTo(Money.dollars("0.8"));
    assertThat(breakEven.fixedPerMonth()).isEqualTo(Money.dollars("40"));
    assertThat(breakEven.requestsPerMonth()).hasValue(50_000);
    // A million requests save 800 - 30 dollars a month: 120 / 770 x 30.44 = 4.74 days.
    assertThat(breakEven.daysToPayBack()).hasValue(5);
    assertThat(decision.reasons())
        .extracting(Reason::sentence)
        .contains(
            "A request takes 200 tokens, compared with 1000 for the best baseline.",
            "It is cheaper than the baseline from 50,000 requests a month, with its one-time cost"
                + " spread over 12 months; at the expected traffic that cost is recovered after 5"
                + " days.");
  }

  @Test
  void aMoreExpensiveModelNeverBreaksEven() {
    CostFigures costs =
        CostFigures.builder()
            .oneTime(Money.dollars("1"))
            .price("zero-shot", new InferencePrice(Money.dollars("1"), Money.dollars("1")))
            .price("tuned", new InferencePrice(Money.dollars("3"), Money.dollars("3")))
            .build();

    Decision decision =
        DecisionMaker.under(POLICY).baseline(ZERO_SHOT).tuned(GOOD).costs(costs).decide();

    assertThat(decision.breakEven().orElseThrow().isReachable()).isFalse();
    assertThat(decision.verdict()).isEqualTo(Verdict.FINE_TUNE);
    assertThat(decision.reasons())
        .extracting(Reason::sentence)
        .contains(
            "A thousand requests cost 0.24 USD more than with the baseline, so it never pays"
                + " back; only its quality can justify it.");
  }

  @Test
  void unknownPricesMeanNoBreakEven() {
    Decision decision = DecisionMaker.under(POLICY).baseline(ZERO_SHOT).tuned(GOOD).decide();

    assertThat(decision.breakEven()).isEmpty();
    assertThat(decision.reasons())
        .extracting(Reason::sentence)
        .contains("The break-even is unknown because not all prices are known.");
  }

  @Test
  void fewOfAThousandRunsWithoutGainAreChosen() {
    Random random = new Random(7);
    DecisionPolicy eager = DecisionPolicy.builder("exact").minimumGainPoints(0).build();
    int taken = 0;

    int takenFromThree = 0;
    Sensitivity.Grid none = new Sensitivity.Grid(List.of(), List.of(), List.of());
    for (int run = 0; run < 1000; run++) {
      EvaluationReport base = MeasuredReports.scoring("base", coins(random));
      EvaluationReport tuned = MeasuredReports.scoring("tuned", coins(random));
      Decision decision =
          DecisionMaker.under(eager).baseline(base).tuned(tuned).sensitivity(none).decide();
      Decision ofThree =
          DecisionMaker.under(eager)
              .baseline(base)
              .baseline(MeasuredReports.scoring("second", coins(random)))
              .baseline(MeasuredReports.scoring("third", coins(random)))
              .tuned(tuned)
              .sensitivity(none)
              .decide();
      taken += decision.verdict() == Verdict.FINE_TUNE ? 1 : 0;
      takenFromThree += ofThree.verdict() == Verdict.FINE_TUNE ? 1 : 0;
    }

    // The test is two-sided and exact, so at most 2.5 % may come out on the good side; three
    // binomial standard deviations more are 40. The best of three baselines is harder to beat.
    assertThat(taken).isBetween(1, 40);
    assertThat(takenFromThree).isLessThanOrEqualTo(taken);
  }

  private static double[] coins(Random random) {
    return random.doubles(60).map(value -> value < 0.5 ? 1 : 0).toArray();
  }

  @Test
  void aDecisionNeedsATunedModelAndABaseline() {
    assertThatThrownBy(() -> DecisionMaker.under(POLICY).tuned(GOOD).decide())
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> DecisionMaker.under(POLICY).baseline(ZERO_SHOT).decide())
        .hasMessage("A decision needs the tuned model and at least one baseline.");
  }
}
