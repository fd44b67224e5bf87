package dev.finetune4j.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.cost.InferencePrice;
import dev.finetune4j.cost.Money;
import dev.finetune4j.evaluation.EvaluationReport;
import dev.finetune4j.evaluation.MeasuredReports;
import dev.finetune4j.evaluation.SampleResult;
import dev.finetune4j.evaluation.Slicing;
import dev.finetune4j.grading.Grade;
import dev.finetune4j.inference.TokenUsage;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Requirements of a policy beyond the gain, and the sensitivity of the verdict. */
final class DecisionPolicyTest {
  private static final InferencePrice PRICE =
      new InferencePrice(Money.dollars("1"), Money.dollars("2"));

  /** 1.10 dollars a thousand requests. */
  private static final EvaluationReport FEW_SHOT =
      MeasuredReports.scoring("few-shot", new TokenUsage(900, 100), new double[60]);

  /** 0.30 dollars a thousand requests. */
  private static final EvaluationReport TUNED =
      MeasuredReports.scoring("tuned", new TokenUsage(100, 100), ones());

  private static final CostFigures COSTS =
      CostFigures.builder()
          .oneTime(Money.dollars("100"))
          .dataPreparation(Money.dollars("20"))
          .monthly("tuned", Money.dollars("30"))
          .price("few-shot", PRICE)
          .price("tuned", PRICE)
          .build();

  @Test
  void costsAreListedByItem() {
    Decision decision = decide(policy(1_000_000).build());

    assertThat(decision.costs().oneTime()).hasValue(Money.dollars("120"));
    assertThat(decision.costs().oneTimeItems().keySet())
        .containsExactly("training", "data preparation");
    assertThat(decision.costs().monthlyItems("tuned"))
        .containsExactly(Map.entry("hosting", Money.dollars("30")));
    AlternativeSummary tuned = decision.findAlternative("tuned").orElseThrow();
    assertThat(tuned.perThousandRequests()).hasValue(Money.dollars("0.3"));
    assertThat(tuned.perMonth(1_000_000)).hasValue(Money.dollars("330"));
    assertThat(sentences(decision))
        .contains("One-time costs: training 100.00 USD, data preparation 20.00 USD.");
  }

  @Test
  void anUnknownTrainingCostIsNotFree() {
    CostFigures costs = CostFigures.builder().dataPreparation(Money.dollars("20")).build();

    assertThat(costs.oneTime()).isEmpty();
    assertThat(costs.oneTimeItems()).hasSize(1);
  }

  @Test
  void aMonthlyCostAboveTheLimitRulesItOut() {
    Decision decision = decide(policy(1_000_000).maximumMonthlyCost(Money.dollars("300")).build());

    assertThat(decision.verdict()).isEqualTo(Verdict.KEEP_BASELINE);
    assertThat(sentences(decision))
        .contains(
            "A month at the expected traffic costs 330.00 USD; the policy allows 300.00 USD.");
  }

  @Test
  void aPricePerRequestAboveTheLimitRulesItOut() {
    DecisionPolicy policy =
        policy(1_000_000).maximumPerThousandRequests(Money.dollars("0.25")).build();

    Decision known = decide(policy);
    Decision unknown = DecisionMaker.under(policy).baseline(FEW_SHOT).tuned(TUNED).decide();

    assertThat(known.verdict()).isEqualTo(Verdict.KEEP_BASELINE);
    assertThat(unknown.verdict()).isEqualTo(Verdict.FINE_TUNE);
    assertThat(sentences(unknown))
        .contains(
            "A thousand requests cost an unknown amount, so the limit of 0.25 USD cannot be"
                + " checked.");
  }

  @Test
  void aPolicyCanRequireThatItPaysBack() {
    // 30 + 120 / 12 dollars a month, and 0.80 saved by a thousand requests: 50,000.
    Decision busy = decide(policy(50_000).mustPayBack().build());
    Decision quiet = decide(policy(49_000).mustPayBack().build());

    assertThat(busy.verdict()).isEqualTo(Verdict.FINE_TUNE);
    assertThat(quiet.verdict()).isEqualTo(Verdict.KEEP_BASELINE);
    assertThat(sentences(quiet))
        .contains("The policy requires it to be cheaper, but 49,000 requests a month are too few.");
    assertThat(quiet.reasons())
        .extracting(Reason::figure)
        .contains("breakEven.requestsPerMonth = 50000");
  }

  @Test
  void theVerdictIsTriedWithOtherPricesTrafficAndLifetimes() {
    Decision decision =
        DecisionMaker.under(policy(60_000).mustPayBack().minimumLifetimeDays(100).build())
            .baseline(FEW_SHOT)
            .tuned(TUNED)
            .costs(COSTS)
            .lifetime(LocalDate.of(2026, 11, 23), LocalDate.of(2028, 11, 23))
            .decide();

    Sensitivity sensitivity = decision.sensitivity();

    assertThat(decision.verdict()).isEqualTo(Verdict.FINE_TUNE);
    assertThat(sensitivity.cases()).hasSize(36);
    assertThat(sensitivity.isRobust()).isFalse();
    Sensitivity.Case known = at(sensitivity, 1, 60_000, 731);
    assertThat(known.verdict()).isEqualTo(Verdict.FINE_TUNE);
    assertThat(known.savingPerMonth()).hasValue(Money.dollars("8"));
    // At twice the price: 80 dollars a month, and 0.50 saved by a thousand requests: 160,000.
    Sensitivity.Case dear = at(sensitivity, 2, 60_000, 731);
    assertThat(dear.verdict()).isEqualTo(Verdict.KEEP_BASELINE);
    assertThat(dear.breakEven().orElseThrow().requestsPerMonth()).hasValue(160_000);
    assertThat(at(sensitivity, 1, 6_000, 731).verdict()).isEqualTo(Verdict.KEEP_BASELINE);
    assertThat(at(sensitivity, 1, 600_000, 90).verdict()).isEqualTo(Verdict.KEEP_BASELINE);
    assertThat(decision.reasons().get(decision.reasons().size() - 1).figure())
        .isEqualTo("sensitivity.otherVerdicts = " + sensitivity.otherVerdicts().size());
  }

  @Test
  void aRegressionOnASliceRulesItOut() {
    EvaluationReport base = byRegion("base", i -> i < 20 ? 1 : 0);
    EvaluationReport tuned = byRegion("tuned", i -> i < 20 ? 0 : 1);
    DecisionPolicy policy =
        DecisionPolicy.builder("exact").mustNotRegressOn(Slicing.byTag("region")).build();

    Decision watched = DecisionMaker.under(policy).baseline(base).tuned(tuned).decide();
    Decision blind =
        DecisionMaker.under(DecisionPolicy.builder("exact").build())
            .baseline(base)
            .tuned(tuned)
            .decide();

    assertThat(blind.verdict()).isEqualTo(Verdict.FINE_TUNE);
    assertThat(watched.verdict()).isEqualTo(Verdict.KEEP_BASELINE);
    assertThat(watched.slices()).hasSize(2);
    assertThat(sentences(watched))
        .contains(
            "On the 20 samples with region = north it is significantly worse than the baseline"
                + " (-100.0 points, p < 0.001).");
  }

  @Test
  void samplesCanBeGroupedByATag() {
    EvaluationReport base = byRegion("base", i -> 0);
    EvaluationReport tuned = byRegion("tuned", i -> i < 20 ? 1 : 0);
    DecisionPolicy policy = DecisionPolicy.builder("exact").clusteredBy("region").build();

    Decision decision = DecisionMaker.under(policy).baseline(base).tuned(tuned).decide();

    assertThat(decision.verdict()).isEqualTo(Verdict.NOT_ENOUGH_EVIDENCE);
    assertThat(decision.comparison().pValue()).isEqualTo(1);
    assertThat(decision.testExamplesNeeded().orElseThrow()).isGreaterThan(100);
  }

  private static DecisionPolicy.Builder policy(long requestsPerMonth) {
    return DecisionPolicy.builder("exact").minimumGainPoints(5).requestsPerMonth(requestsPerMonth);
  }

  private static Decision decide(DecisionPolicy policy) {
    return DecisionMaker.under(policy).baseline(FEW_SHOT).tuned(TUNED).costs(COSTS).decide();
  }

  private static List<String> sentences(Decision decision) {
    return decision.reasons().stream().map(Reason::sentence).toList();
  }

  private static Sensitivity.Case at(
      Sensitivity sensitivity, double price, long requests, long days) {
    return sensitivity.cases().stream()
        .filter(it -> it.priceFactor() == price && it.requestsPerMonth() == requests)
        .filter(it -> it.remainingDays().orElse(-1) == days)
        .findFirst()
        .orElseThrow();
  }

  private static double[] ones() {
    double[] ones = new double[60];
    Arrays.fill(ones, 1);
    return ones;
  }

  /** Returns twenty samples of the north and eighty of the south. */
  private static EvaluationReport byRegion(String name, IntToDoubleFunction score) {
    EvaluationReport.Builder report =
        EvaluationReport.builder(name)
            .dataset("recipes", MeasuredReports.FINGERPRINT)
            .grader("exact");
    for (int i = 0; i < 100; i++) {
      report.sample(
          SampleResult.builder(i)
              .tag("region", i < 20 ? "north" : "south")
              .answer("a")
              .grade("exact", Grade.of(score.applyAsDouble(i), 1))
              .build());
    }
    return report.build();
  }
}
