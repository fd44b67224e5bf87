package dev.finetune4j.examples;

import dev.finetune4j.ModelReference;
import dev.finetune4j.baseline.BaselineSuite;
import dev.finetune4j.baseline.Baselines;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.validation.ValidationReport;
import dev.finetune4j.evaluation.Evaluation;
import dev.finetune4j.evaluation.EvaluationReport;
import dev.finetune4j.evaluation.Score;
import dev.finetune4j.examples.console.ExampleArguments;
import dev.finetune4j.examples.recipes.RecipePlan;
import dev.finetune4j.local.LocalProvider;
import dev.finetune4j.retrieval.Bm25Retriever;
import dev.finetune4j.statistics.SampleSize;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/**
 * Measures what a base model can do without any tuning, before anything is paid: as it is, with
 * another prompt, with examples, with retrieval; then says whether tuning has room to pay at all,
 * and how many test examples would show it. No account, no network.
 */
public final class EvaluateBeforeYouPay {
  private static final String HELP =
      """
      EvaluateBeforeYouPay: measures the alternatives to fine-tuning on the toy base model.

        --directory DIR        where the data goes (a new folder below runs/ if not given)
        --examples-divisor N   use one example in N (1 if not given: 100 test examples)
        --minimum-gain POINTS  the gain that would pay, in points of 100 (10 if not given)
        --help                 this text
      """;
  private static final int SHOWN = 2;

  private EvaluateBeforeYouPay() {}

  /** Runs the example. */
  public static void main(String[] args) {
    ExampleArguments arguments =
        ExampleArguments.parse(args, "--directory", "--examples-divisor", "--minimum-gain");
    if (arguments.asksForHelp()) {
      System.out.println(HELP);
      return;
    }
    int divisor = Integer.parseInt(arguments.find("--examples-divisor").orElse("1"));
    double gain = Double.parseDouble(arguments.find("--minimum-gain").orElse("10")) / 100;
    List<EvaluationReport> reports = run(arguments.directory("evaluate-before-you-pay"), divisor);
    print(reports);
    say(reports, gain);
  }

  /** Measures every alternative on the same samples. */
  static List<EvaluationReport> run(Path directory, int divisor) {
    RecipePlan recipes = RecipePlan.in(directory.resolve("data"), divisor);
    Evaluation evaluation = recipes.evaluation().build();
    Dataset<ChatExample> pool = recipes.training();
    BaselineSuite baselines =
        BaselineSuite.of(
            Baselines.zeroShot(),
            Baselines.systemPrompt("strict prompt", RecipePlan.STRICT_PROMPT),
            Baselines.fewShot(pool, SHOWN),
            Baselines.nearestFewShot(pool, SHOWN),
            Baselines.retrieval(Bm25Retriever.of(recipes.passages()), SHOWN));
    for (ValidationReport leak : baselines.leakage(evaluation.dataset())) {
      System.out.println("Leakage: " + leak.toText());
    }
    try (LocalProvider provider = LocalProvider.builder(directory.resolve("local")).build()) {
      ModelReference tiny = new ModelReference(LocalProvider.ID, LocalProvider.TINY);
      return baselines.measure(evaluation, provider.requireChatModel(tiny));
    }
  }

  private static void print(List<EvaluationReport> reports) {
    System.out.printf(
        "%n%-22s %12s %16s %15s%n",
        "alternative", "exact match", "95 % interval", "tokens/request");
    for (EvaluationReport report : reports) {
      Score score = report.score(RecipePlan.EXACT_MATCH);
      System.out.printf(
          "%-22s %10.1f %% %7.1f to %5.1f %15.0f%n",
          report.name(),
          100 * score.passRate(),
          100 * score.passInterval().low(),
          100 * score.passInterval().high(),
          report.meanPromptTokens() + report.meanCompletionTokens());
    }
  }

  /** Says what the figures mean for the question whether to tune. */
  private static void say(List<EvaluationReport> reports, double gain) {
    EvaluationReport best =
        reports.stream()
            .max(Comparator.comparingDouble(each -> each.score(RecipePlan.EXACT_MATCH).passRate()))
            .orElseThrow();
    Score score = best.score(RecipePlan.EXACT_MATCH);
    double room = 1 - score.passInterval().low();
    System.out.printf(
        "%nThe best without tuning is \"%s\": %.1f %%. What tuning could add to it lies between %.1f"
            + " and %.1f points.%n",
        best.name(), 100 * score.passRate(), 100 * (1 - score.passInterval().high()), 100 * room);
    System.out.println(
        room < gain
            ? "Tuning has no chance to gain the points that would pay: keep \""
                + best.name()
                + "\"."
            : "Tuning has a chance; whether it takes it, only a tuned model shows.");
    SampleSize size = SampleSize.forPassRate(Math.min(score.passRate(), 1 - gain));
    OptionalLong needed = size.toDetect(gain);
    System.out.printf(
        "To find a gain of %.0f points takes %s test examples; there are %d, which find one of %s.%n",
        100 * gain,
        needed.isPresent() ? "about " + needed.getAsLong() : "more than a million",
        score.samples(),
        size.detectable(score.samples()).stream()
            .mapToObj(points -> "%.1f points".formatted(100 * points))
            .findFirst()
            .orElse("no size"));
  }
}
