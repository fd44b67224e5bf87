package dev.finetune4j.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.cost.InferencePrice;
import dev.finetune4j.cost.Money;
import dev.finetune4j.evaluation.Comparison;
import dev.finetune4j.evaluation.Comparisons;
import dev.finetune4j.evaluation.EvaluationReport;
import dev.finetune4j.evaluation.MeasuredReports;
import dev.finetune4j.evaluation.SampleResult;
import dev.finetune4j.evaluation.Slicing;
import dev.finetune4j.grading.Grade;
import dev.finetune4j.inference.TokenUsage;
import dev.finetune4j.statistics.SampleSize;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Runs the code of the page docs/tasks/decide.md and checks that the page shows exactly this code.
 */
final class DecidingGuideTest {
  private final InferencePrice smallModel =
      new InferencePrice(Money.dollars("0.40"), Money.dollars("1.60"));

  @Test
  void theSampleSizeIsKnownBeforeAnyRequest() {
    // tag::before[]
    SampleSize plan = SampleSize.forPassRate(0.70).amongTests(2); // two baselines to beat
    long needed = plan.toDetect(0.05).orElseThrow(); // examples that find a gain of 5 points
    double least = plan.detectable(200).orElseThrow(); // what 200 examples find as surely
    // end::before[]

    assertThat(needed).isEqualTo(1559);
    assertThat(least).isBetween(0.130, 0.140);
    assertShown("before");
  }

  @Test
  void theDecisionIsASingleCall() {
    EvaluationReport zeroShot = report("zero-shot", 110, 150);
    EvaluationReport fewShot = report("few-shot", 840, 140);
    EvaluationReport tuned = report("tuned", 110, 40);

    // tag::decide[]
    Comparisons table = Comparisons.of(List.of(fewShot, tuned), zeroShot, List.of("exact", "tone"));
    Comparison gain = table.require("tuned", "exact"); // gain.adjustedPValue(): after Holm
    DecisionPolicy policy =
        DecisionPolicy.builder("exact")
            .minimumGainPoints(5)
            .mustNotRegress("tone")
            .mustNotRegressOn(Slicing.byTag("region"))
            .maximumOneTimeCost(Money.dollars("1000"))
            .requestsPerMonth(500_000)
            .build();
    CostFigures costs =
        CostFigures.builder()
            .oneTime(Money.dollars("25")) // the training
            .dataPreparation(Money.dollars("600"))
            .price("zero-shot", smallModel)
            .price("few-shot", smallModel)
            .price("tuned", smallModel)
            .monthly("tuned", Money.dollars("50")) // its hosting
            .build();
    Decision decision =
        DecisionMaker.under(policy)
            .baselines(List.of(zeroShot, fewShot))
            .tuned(tuned)
            .costs(costs)
            .lifetime(LocalDate.of(2026, 11, 23), LocalDate.of(2027, 11, 23))
            .decide();
    decision.verdict(); // FINE_TUNE, KEEP_BASELINE or NOT_ENOUGH_EVIDENCE
    decision.reasons(); // in words, each with the figure behind it
    decision.comparison().regressions(); // the samples that got worse, the worst first
    decision.sensitivity().otherVerdicts(); // where prices, traffic or time would change it
    // end::decide[]

    assertThat(gain.difference()).isGreaterThan(0);
    assertThat(decision.verdict()).isEqualTo(Verdict.FINE_TUNE);
    assertThat(decision.comparison().regressions()).isEmpty();
    assertThat(decision.breakEven().orElseThrow().isReachable()).isTrue();
    assertThat(decision.reasons()).allSatisfy(it -> assertThat(it.figure()).contains(" = "));
    assertShown("decide");
  }

  /** Returns 200 samples, of which the first {@code failing} fail, half of them of each region. */
  private static EvaluationReport report(String name, int promptTokens, int failing) {
    EvaluationReport.Builder report =
        EvaluationReport.builder(name)
            .dataset("tickets", MeasuredReports.FINGERPRINT)
            .grader("exact")
            .grader("tone");
    for (int i = 0; i < 200; i++) {
      report.sample(
          SampleResult.builder(i)
              .tag("region", i % 2 == 0 ? "north" : "south")
              .answer("a")
              .usage(new TokenUsage(promptTokens, 60))
              .grade("exact", Grade.of(i < failing ? 0 : 1, 1))
              .grade("tone", Grade.of(1, 1))
              .build());
    }
    return report.build();
  }

  private static void assertShown(String tag) {
    String source = text("src/test/java/dev/finetune4j/decision/DecidingGuideTest.java");
    String start = "    // tag::" + tag + "[]\n";
    int from = source.indexOf(start) + start.length();
    String region = source.substring(from, source.indexOf("    // end::" + tag + "[]", from));

    assertThat(text("../docs/tasks/decide.md")).contains("```java\n" + region.indent(-4) + "```");
  }

  private static String text(String path) {
    try {
      return Files.readString(Path.of(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
