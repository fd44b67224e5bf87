package dev.finetune4j.examples;

import dev.finetune4j.ModelReference;
import dev.finetune4j.cost.Budget;
import dev.finetune4j.cost.CostEstimate;
import dev.finetune4j.cost.CostEstimator;
import dev.finetune4j.cost.Money;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.evaluation.Evaluation;
import dev.finetune4j.evaluation.EvaluationReport;
import dev.finetune4j.examples.console.ExampleArguments;
import dev.finetune4j.examples.console.HuggingFaceServices;
import dev.finetune4j.examples.console.StoredKey;
import dev.finetune4j.examples.sql.SqlExecution;
import dev.finetune4j.examples.sql.SqlTask;
import dev.finetune4j.huggingface.HuggingFaceProvider;
import dev.finetune4j.provider.DeployedModel;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.SupervisedTraining;
import dev.finetune4j.training.WeightUpdate;
import dev.finetune4j.tuner.ConsoleProgress;
import dev.finetune4j.tuner.FineTuner;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/**
 * Questions to SQL on a rented graphics card: the price before anything is ordered, one job on
 * Hugging Face Jobs, and the result measured on another job that serves it and is then let go.
 */
public final class TrainOnHuggingFaceJobs {
  private static final Duration SERVING = Duration.ofHours(1);
  // A guess until a run has shown it: a base of half a billion parameters on an A10G.
  private static final double TOKENS_PER_SECOND = 2_000;

  private static final String HELP =
      """
      TrainOnHuggingFaceJobs: trains on Hugging Face Jobs. COSTS MONEY: two machines, by the minute.

        --model NAME       the base model (Qwen/Qwen3-0.6B if not given)
        --flavor NAME      the machine, for training and for measuring (a10g-large if not given)
        --ceiling USD      the most that training may cost by the estimate (2 if not given)
        --directory DIR    where the job's key is kept; started again with the same directory, the
                           job is found again and no second one is made
        --help             this text

      Reads HF_TOKEN; for a simulator HF_ENDPOINT, HF_ENDPOINTS_API and HF_ROUTER as well.
      """;

  private TrainOnHuggingFaceJobs() {}

  /** Runs the example. */
  public static void main(String[] args) {
    ExampleArguments arguments =
        ExampleArguments.parse(args, "--model", "--flavor", "--ceiling", "--directory");
    if (arguments.asksForHelp()) {
      System.out.println(HELP);
      return;
    }
    String flavor = arguments.find("--flavor").orElse("a10g-large");
    try (HuggingFaceProvider provider =
        HuggingFaceServices.options(System.getenv())
            .flavor(flavor)
            .timeout(Duration.ofHours(2))
            .servingOnJobs(flavor, SERVING)
            .build()) {
      run(provider, arguments, System.out);
    }
  }

  static EvaluationReport run(
      HuggingFaceProvider provider, ExampleArguments arguments, PrintStream out) {
    Path directory = arguments.directory("hugging-face-jobs");
    String base = arguments.find("--model").orElse("Qwen/Qwen3-0.6B");
    SupervisedTraining method =
        SupervisedTraining.withDefaults().withWeightUpdate(WeightUpdate.lowRank(16));
    FineTuningRequest request =
        FineTuningRequest.builder(base, method, SqlTask.make().training(160))
            .suffix("sql")
            .seed(7)
            .submissionKey(StoredKey.in(directory))
            .build();

    out.println("1. The price, as the service says it now");
    CostEstimate estimate =
        new CostEstimator(provider.prices(TOKENS_PER_SECOND))
            .estimate(provider.id(), request, provider.tokenCounter(base))
            .orElseThrow();
    Money ceiling = Money.dollars(arguments.find("--ceiling").orElse("2"));
    Budget.of(ceiling).require(estimate, Money.zero());
    out.println("   Training costs " + estimate + ", the ceiling is " + ceiling);
    out.println(
        "   The service ends the job before it has cost more than "
            + provider.longestTrainingCost().map(Money::toString).orElse("an unknown sum"));

    out.println("\n2. One job");
    ModelReference tuned =
        provider.submit(request).await(ConsoleProgress.to(out)).requireFineTunedModel();
    out.println("   The adapter is in the private repository " + tuned.name());

    return measure(provider, tuned, directory, out);
  }

  private static EvaluationReport measure(
      HuggingFaceProvider provider, ModelReference tuned, Path directory, PrintStream out) {
    out.println("\n3. Measured on a job that serves it");
    Dataset<PromptExample> questions = SqlTask.make().test(30);
    EvaluationReport report;
    try (DeployedModel server =
        FineTuner.in(directory, provider).deploy(tuned, "measure-sql", SERVING)) {
      out.println(
          "   It costs "
              + server.deployment().pricePerHour().map(Money::toString).orElse("an unknown sum")
              + " per hour, and ends by itself after "
              + SERVING);
      report =
          Evaluation.builder(questions)
              .grader(new SqlExecution())
              .temperature(0)
              .maximumTokens(64)
              .build()
              .run("the tuned model", server);
    }
    out.printf(
        Locale.ROOT,
        "   %.0f %% of its statements return the right rows%n",
        100 * report.scores().get(0).mean());
    out.println("   The job that served it is cancelled.");
    return report;
  }
}
