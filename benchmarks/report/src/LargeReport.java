import dev.finetune4j.cost.InferencePrice;
import dev.finetune4j.cost.Money;
import dev.finetune4j.dataset.Fingerprint;
import dev.finetune4j.decision.CostFigures;
import dev.finetune4j.decision.Decision;
import dev.finetune4j.decision.DecisionPolicy;
import dev.finetune4j.decision.DecisionMaker;
import dev.finetune4j.evaluation.EvaluationReport;
import dev.finetune4j.evaluation.SampleResult;
import dev.finetune4j.evaluation.Slice;
import dev.finetune4j.evaluation.Slicing;
import dev.finetune4j.grading.Grade;
import dev.finetune4j.inference.TokenUsage;
import dev.finetune4j.report.DecisionReport;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Measures the time and the size of a report of many samples with five baselines: LargeReport SAMPLES FOLDER */
public final class LargeReport {
  private LargeReport() {}

  public static void main(String[] args) {
    int samples = Integer.parseInt(args[0]);
    List<EvaluationReport> reports = new ArrayList<>();
    for (int variant = 0; variant < 5; variant++) {
      reports.add(report(variant, samples));
    }
    CostFigures.Builder costs = CostFigures.builder().oneTime(Money.dollars("120")).monthly("variant 4", Money.dollars("40"));
    InferencePrice price = new InferencePrice(Money.dollars("3"), Money.dollars("12"));
    reports.forEach(report -> costs.price(report.name(), price));
    DecisionPolicy policy = DecisionPolicy.builder("exact").requestsPerMonth(200_000).payBackMonths(6).build();
    long start = System.nanoTime();
    Decision decision =
        DecisionMaker.under(policy).baselines(reports.subList(0, 4)).tuned(reports.get(4)).costs(costs.build()).decide();
    List<Slice> slices = decision.comparison().slices(Slicing.byTag("language"));
    long decided = System.nanoTime();
    for (int round = 1; round <= 3; round++) {
      long before = System.nanoTime();
      long work = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      Path file =
          DecisionReport.builder(decision, reports)
              .slices(slices)
              .build()
              .writeTo(Path.of(args[1]));
      System.out.printf(
          "round %d: %d samples x 5 in %.0f ms (%.0f ms of a core), %d bytes%n",
          round,
          samples,
          (System.nanoTime() - before) / 1e6,
          (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - work) / 1e6,
          size(file));
    }
    System.out.printf("the decision and the parts before it: %.0f ms%n", (decided - start) / 1e6);
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static EvaluationReport report(int variant, int samples) {
    SplittableRandom random = new SplittableRandom(variant);
    EvaluationReport.Builder report =
        EvaluationReport.builder("variant " + variant).dataset("large", new Fingerprint("ab".repeat(32))).grader("exact");
    for (int i = 0; i < samples; i++) {
      boolean right = random.nextInt(100) < 40 + 10 * variant;
      report.sample(
          SampleResult.builder(i)
              .prompt(("The customer writes about order " + i + " and asks where it is. ").repeat(8))
              .reference("Order " + i + " left our house and is on its way.")
              .answer("Order " + (right ? i : i + 1) + " left our house and is on its way.")
              .grade("exact", right ? Grade.pass() : Grade.fail("Another order."))
              .tag("language", i % 3 == 0 ? "German" : "English")
              .usage(new TokenUsage(200 - 30L * variant, 20))
              .latency(Duration.ofMillis(300 + i % 100))
              .build());
    }
    return report.build();
  }
}
