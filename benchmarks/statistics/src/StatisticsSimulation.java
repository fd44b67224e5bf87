import dev.finetune4j.dataset.Fingerprint;
import dev.finetune4j.decision.Decision;
import dev.finetune4j.decision.DecisionMaker;
import dev.finetune4j.decision.DecisionPolicy;
import dev.finetune4j.decision.Verdict;
import dev.finetune4j.evaluation.EvaluationReport;
import dev.finetune4j.evaluation.SampleResult;
import dev.finetune4j.grading.Grade;
import dev.finetune4j.statistics.GroupedValues;
import dev.finetune4j.statistics.Interval;
import dev.finetune4j.statistics.PairedPasses;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;

/** Simulates how often verdicts are wrong and how often intervals contain the truth. */
public final class StatisticsSimulation {
  private static final Fingerprint DATA = new Fingerprint("ab".repeat(32));
  private static final double MINIMUM = 0.05;
  private static final int PER_CLUSTER = 5;
  private final SplittableRandom random = new SplittableRandom(20_261_201);
  private final int runs;

  private StatisticsSimulation(int runs) {
    this.runs = runs;
  }

  public static void main(String[] arguments) {
    StatisticsSimulation simulation = new StatisticsSimulation(Integer.parseInt(arguments[0]));
    long start = System.nanoTime();
    if (arguments.length < 2) {
      simulation.verdicts();
    }
    simulation.coverage();
    System.out.printf(
        Locale.ROOT,
        "%n%d runs for each figure; %.0f s.%n",
        simulation.runs,
        (System.nanoTime() - start) / 1e9);
  }

  private void verdicts() {
    System.out.println("| examples | clusters of 5 | baselines | FINE_TUNE without a gain | KEEP_BASELINE at the minimum gain |");
    System.out.println("|---|---|---|---|---|");
    for (int size : new int[] {20, 50, 100, 300}) {
      for (boolean clustered : new boolean[] {false, true}) {
        for (int baselines : new int[] {1, 3, 20}) {
          System.out.printf(
              Locale.ROOT,
              "| %d | %s | %d | %.3f | %.3f |%n",
              size,
              clustered ? "yes" : "no",
              baselines,
              share(Verdict.FINE_TUNE, size, clustered, baselines, 0),
              share(Verdict.KEEP_BASELINE, size, clustered, baselines, MINIMUM));
        }
      }
    }
  }

  private double share(Verdict wrong, int size, boolean clustered, int baselines, double gain) {
    DecisionPolicy.Builder policy =
        DecisionPolicy.builder("exact").minimumGainPoints(100 * MINIMUM);
    DecisionPolicy built = clustered ? policy.clusteredBy("group").build() : policy.build();
    int count = 0;
    for (int run = 0; run < runs; run++) {
      double[] ease = random.doubles(size).toArray();
      for (int i = 0; clustered && i < size; i++) {
        ease[i] = ease[i - i % PER_CLUSTER];
      }
      DecisionMaker maker = DecisionMaker.under(built);
      for (int i = 0; i < baselines; i++) {
        maker.baseline(report("base " + i, ease, 0.6, clustered));
      }
      Decision decision = maker.tuned(report("tuned", ease, 0.6 + gain, clustered)).decide();
      count += decision.verdict() == wrong ? 1 : 0;
    }
    return (double) count / runs;
  }

  /** Half of the outcome is the example's difficulty, half the model's own luck. */
  private EvaluationReport report(String name, double[] ease, double rate, boolean clustered) {
    EvaluationReport.Builder report =
        EvaluationReport.builder(name).dataset("simulated", DATA).grader("exact");
    double luck = random.nextDouble();
    for (int i = 0; i < ease.length; i++) {
      luck = clustered && i % PER_CLUSTER != 0 ? luck : random.nextDouble();
      double drawn = random.nextBoolean() ? ease[i] : luck;
      SampleResult.Builder sample =
          SampleResult.builder(i)
              .answer("a")
              .grade("exact", drawn < rate ? Grade.pass() : Grade.fail("wrong"));
      report.sample(sample.tag("group", String.valueOf(i / PER_CLUSTER)).build());
    }
    return report.build();
  }

  private void coverage() {
    System.out.println();
    System.out.println("| interval | 10 | 20 | 50 | 100 | 300 |");
    System.out.println("|---|---|---|---|---|---|");
    for (double share : new double[] {0.02, 0.1, 0.5, 0.95}) {
      row(
          "pass rate " + share,
          share,
          size -> Interval.exact(GroupedValues.independent(draw(size, () -> random.nextDouble() < share ? 1 : 0)), 0.95));
    }
    for (double[] rates : new double[][] {{0.02, 0}, {0.15, 0}, {0.2, 0.01}, {0.3, 0.25}}) {
      row(
          "difference, " + rates[0] + " won and " + rates[1] + " lost",
          rates[0] - rates[1],
          size -> pairs(size, rates[0], rates[1]).interval(0.95));
    }
    row("mean of uniform scores", 0.5, size -> mean(size, random::nextDouble));
    row("mean of scores, 3 of 4 at 0", 0.175, size -> mean(size, () -> random.nextDouble() < 0.75 ? 0 : 0.7));
    row("mean of skewed scores (square of uniform)", 1 / 3.0, size -> mean(size, () -> Math.pow(random.nextDouble(), 2)));
    row("mean of scores in clusters of 5", 0.5, size -> clusteredMean(size));
    row(
        "not worse than -0.05, wrongly (2.5 %)",
        Double.NaN,
        size -> pairs(size, 0.05, 0.1).interval(0.95));
  }

  private interface Drawn {
    Interval of(int size);
  }

  private void row(String name, double truth, Drawn drawn) {
    StringBuilder row = new StringBuilder("| " + name);
    for (int size : new int[] {10, 20, 50, 100, 300}) {
      int count = 0;
      for (int run = 0; run < runs; run++) {
        Interval interval = drawn.of(size);
        boolean counts = Double.isNaN(truth) ? interval.low() >= -0.05 : interval.contains(truth);
        count += counts ? 1 : 0;
      }
      row.append(String.format(Locale.ROOT, " | %.3f", (double) count / runs));
    }
    System.out.println(row + " |");
  }

  private PairedPasses pairs(int size, double won, double lost) {
    int wins = 0;
    int losses = 0;
    for (int i = 0; i < size; i++) {
      double drawn = random.nextDouble();
      wins += drawn < won ? 1 : 0;
      losses += drawn >= won && drawn < won + lost ? 1 : 0;
    }
    return new PairedPasses(size, wins, losses);
  }

  private Interval mean(int size, DoubleSupplier score) {
    return Interval.ofMean(GroupedValues.independent(draw(size, score)), 0.95);
  }

  private Interval clusteredMean(int size) {
    double[] scores = new double[size];
    List<Integer> groups = new ArrayList<>();
    double shared = 0;
    for (int i = 0; i < size; i++) {
      shared = i % PER_CLUSTER == 0 ? random.nextDouble() : shared;
      scores[i] = (shared + random.nextDouble()) / 2;
      groups.add(i / PER_CLUSTER);
    }
    return Interval.ofMean(GroupedValues.of(scores, groups), 0.95);
  }

  private static double[] draw(int size, DoubleSupplier score) {
    double[] drawn = new double[size];
    for (int i = 0; i < size; i++) {
      drawn[i] = score.getAsDouble();
    }
    return drawn;
  }
}
