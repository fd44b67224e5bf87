package dev.finetune4j.report;

import dev.finetune4j.cost.InferencePrice;
import dev.finetune4j.cost.Money;
import dev.finetune4j.dataset.Fingerprint;
import dev.finetune4j.decision.CostFigures;
import dev.finetune4j.decision.Decision;
import dev.finetune4j.decision.DecisionMaker;
import dev.finetune4j.decision.DecisionPolicy;
import dev.finetune4j.evaluation.EvaluationReport;
import dev.finetune4j.evaluation.SampleResult;
import dev.finetune4j.grading.Grade;
import dev.finetune4j.inference.TokenUsage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Many samples by five alternatives, with longer texts. */
final class LargeDecision {
  private static final List<String> NAMES =
      List.of("zero-shot", "system prompt", "few-shot", "retrieval", "tuned");

  private LargeDecision() {}

  static List<EvaluationReport> reports(int samples) {
    List<EvaluationReport> reports = new ArrayList<>();
    for (int variant = 0; variant < NAMES.size(); variant++) {
      SplittableRandom random = new SplittableRandom(variant);
      EvaluationReport.Builder report =
          EvaluationReport.builder(NAMES.get(variant))
              .dataset("large", new Fingerprint("ab".repeat(32)))
              .grader("exact")
              .startedAt(Instant.parse("2026-11-22T12:00:00Z"));
      for (int i = 0; i < samples; i++) {
        boolean right = random.nextInt(100) < 40 + 10 * variant;
        report.sample(sample(i, variant, right));
      }
      reports.add(report.build());
    }
    return reports;
  }

  private static SampleResult sample(int i, int variant, boolean right) {
    String words = "The customer writes about order " + i + " and asks where it is. ";
    return SampleResult.builder(i)
        .prompt(words.repeat(8))
        .reference("Order " + i + " left our house and is on its way.")
        .answer("Order " + (right ? i : i + 1) + " left our house and is on its way.")
        .grade("exact", right ? Grade.pass() : Grade.fail("Another order."))
        .tag("language", i % 3 == 0 ? "German" : "English")
        .usage(new TokenUsage(200 - 30L * variant, 20))
        .latency(Duration.ofMillis(300 + i % 100))
        .build();
  }

  static Decision decision(List<EvaluationReport> reports) {
    CostFigures.Builder costs = CostFigures.builder().oneTime(Money.dollars("120"));
    for (EvaluationReport report : reports) {
      costs.price(report.name(), new InferencePrice(Money.dollars("3"), Money.dollars("12")));
    }
    costs.monthly("tuned", Money.dollars("40"));
    DecisionPolicy policy =
        DecisionPolicy.builder("exact").requestsPerMonth(200_000).payBackMonths(6).build();
    return DecisionMaker.under(policy)
        .baselines(reports.subList(0, reports.size() - 1))
        .tuned(reports.get(reports.size() - 1))
        .costs(costs.build())
        .decide();
  }
}
