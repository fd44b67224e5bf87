package dev.finetune4j.examples;

import dev.finetune4j.azure.AzureProvider;
import dev.finetune4j.baseline.Baselines;
import dev.finetune4j.examples.console.ExampleArguments;
import dev.finetune4j.examples.recipes.RecipePlan;
import dev.finetune4j.huggingface.HuggingFaceProvider;
import dev.finetune4j.local.LocalProvider;
import dev.finetune4j.openai.OpenAiProvider;
import dev.finetune4j.provider.FineTuningProvider;
import dev.finetune4j.report.SampleTable;
import dev.finetune4j.retrieval.Bm25Retriever;
import dev.finetune4j.training.SupervisedTraining;
import dev.finetune4j.tuner.ConsoleProgress;
import dev.finetune4j.tuner.FineTuner;
import dev.finetune4j.tuner.FinishedRun;
import dev.finetune4j.workflow.FineTuningPlan;
import dev.finetune4j.workflow.WorkflowResult;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Compares every baseline with a tuned model on the same test data, with uncertainty and cost, and
 * gives the answer with its reasons. Runs on this machine without an account, or on another
 * provider with one argument.
 */
public final class ShouldIFineTune {
  private static final String HELP =
      """
      ShouldIFineTune: measures zero-shot, another prompt, examples, retrieval and a tuned model.

        --provider NAME        local (default), openai, azure or huggingface; openai and azure COST
                               MONEY and read the environment variables of their services
        --model NAME           the base model, as the provider calls it (local: its toy)
        --directory DIR        keeps all files; the same directory resumes the run
        --examples-divisor N   uses one example in N, for a quick look (default 1)
        --help                 this text
      """;
  private static final int SHOWN = 2;

  private ShouldIFineTune() {}

  /** Runs the example. */
  public static void main(String[] args) {
    ExampleArguments arguments =
        ExampleArguments.parse(args, "--provider", "--model", "--directory", "--examples-divisor");
    if (arguments.asksForHelp()) {
      System.out.println(HELP);
      return;
    }
    Path directory = arguments.directory("should-i-fine-tune");
    boolean local = arguments.find("--provider").orElse("local").equals("local");
    String base =
        arguments
            .find("--model")
            .or(() -> local ? Optional.of(LocalProvider.TINY) : Optional.empty())
            .orElseThrow(() -> new IllegalArgumentException("Name the base model with --model."));
    try (FineTuningProvider provider =
        provider(arguments.find("--provider").orElse("local"), directory)) {
      int divisor = Integer.parseInt(arguments.find("--examples-divisor").orElse("1"));
      run(provider, base, RecipePlan.in(directory.resolve("data"), divisor), directory);
    }
  }

  private static FineTuningProvider provider(String name, Path directory) {
    return switch (name) {
      case "local" -> LocalProvider.builder(directory.resolve("local")).build();
      case "openai" -> OpenAiProvider.fromEnvironment();
      case "azure" -> AzureProvider.fromEnvironment();
      case "huggingface" -> HuggingFaceProvider.local(directory.resolve("trl")).build();
      default ->
          throw new IllegalArgumentException(
              "Unknown provider \"" + name + "\"; expected local, openai, azure or huggingface.");
    };
  }

  /** Starts or resumes the run in {@code directory}, prints the answer and writes the report. */
  static WorkflowResult run(
      FineTuningProvider provider, String base, RecipePlan recipes, Path directory) {
    // The toy learns best with settings of its own; elsewhere the provider's are better.
    SupervisedTraining method =
        base.equals(LocalProvider.TINY)
            ? RecipePlan.forTheTinyBase()
            : SupervisedTraining.withDefaults();
    FinishedRun run =
        FineTuner.in(directory, provider)
            .with(settings -> settings.listener(ConsoleProgress.to(System.out)))
            .run("should-i-fine-tune", plan(recipes, base, method));
    WorkflowResult result = run.result();
    System.out.println("\n" + run.summary());
    SampleTable.writeCsv(
        directory.resolve("samples.csv"),
        Stream.concat(result.baselineReports().stream(), Stream.of(result.tunedReport())).toList());
    System.out.println("Report: " + run.writeReport(directory));
    return result;
  }

  /** Returns the plan, with every baseline that needs no training. */
  static FineTuningPlan plan(RecipePlan recipes, String base, SupervisedTraining method) {
    return recipes
        .task(base, method)
        .baselines(
            Baselines.zeroShot(),
            Baselines.systemPrompt("strict prompt", RecipePlan.STRICT_PROMPT),
            Baselines.fewShot(SHOWN),
            Baselines.nearestFewShot(SHOWN),
            Baselines.retrieval(Bm25Retriever.of(recipes.passages()), SHOWN))
        .build();
  }
}
