package dev.finetune4j.examples;

import dev.finetune4j.ModelReference;
import dev.finetune4j.baseline.Baselines;
import dev.finetune4j.catalog.CatalogEntry;
import dev.finetune4j.catalog.ModelCatalog;
import dev.finetune4j.cost.CostEstimator;
import dev.finetune4j.cost.Money;
import dev.finetune4j.cost.TrainingPrice;
import dev.finetune4j.dataset.validation.ValidationReport;
import dev.finetune4j.evaluation.Evaluation;
import dev.finetune4j.evaluation.EvaluationReport;
import dev.finetune4j.examples.console.ExampleArguments;
import dev.finetune4j.examples.console.StoredKey;
import dev.finetune4j.examples.recipes.RecipeTable;
import dev.finetune4j.grading.Graders;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.job.JobHandle;
import dev.finetune4j.openai.OpenAiProvider;
import dev.finetune4j.token.TokenStatistics;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.SupervisedTraining;
import dev.finetune4j.tuner.ConsoleProgress;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The tutorial, end to end at OpenAI: recipes from a CSV file, what they would cost, one job, its
 * events as they come, and the tuned model beside the alternatives on rows that it has never seen.
 */
public final class RecipesOnOpenAi {
  private static final String HELP =
      """
      RecipesOnOpenAi: fine-tunes a chat model on a table of recipes. COSTS MONEY at OpenAI.

        --model NAME              the base model (gpt-4.1-mini-2025-04-14 if not given)
        --price-per-million USD   the price of a million trained tokens, from OpenAI's price page
        --directory DIR           where the table and the job's key go; started again with the same
                                  directory, the job is found again and no second one is made
        --help                    this text

      Reads OPENAI_API_KEY and, for another server such as a simulator, OPENAI_BASE_URL.
      """;

  private RecipesOnOpenAi() {}

  /** Runs the example. */
  public static void main(String[] args) {
    ExampleArguments arguments =
        ExampleArguments.parse(args, "--model", "--price-per-million", "--directory");
    if (arguments.asksForHelp()) {
      System.out.println(HELP);
      return;
    }
    try (OpenAiProvider provider = OpenAiProvider.fromEnvironment()) {
      run(provider, arguments, System.out);
    }
  }

  static ModelReference run(OpenAiProvider provider, ExampleArguments arguments, PrintStream out) {
    Path directory = arguments.directory("recipes-on-openai");
    String base = arguments.find("--model").orElse("gpt-4.1-mini-2025-04-14");
    out.println("Everything is kept in " + directory + "\n\nWhat ends at OpenAI:");
    provider.notices().forEach(notice -> out.println("  - " + notice));
    RecipeTable table = RecipeTable.in(directory);
    SupervisedTraining method = SupervisedTraining.withDefaults();
    FineTuningRequest request =
        FineTuningRequest.builder(base, method, table.training())
            .validationData(table.validation())
            .suffix("recipe-ner")
            .seed(7)
            .submissionKey(StoredKey.in(directory))
            .build();

    out.println("\n1. The data");
    for (ValidationReport report : provider.validate(request)) {
      report.findings().forEach(finding -> out.println("   " + finding));
    }
    TokenStatistics tokens = TokenStatistics.measure(table.training(), provider.tokenCounter(base));
    out.printf("   %d examples, %d tokens%n", tokens.examples(), tokens.total());
    out.println("   " + cost(provider, request, arguments.find("--price-per-million")));

    out.println("\n2. One job");
    JobHandle job = provider.submit(request);
    out.println("   " + job.reference() + " under the key " + request.submissionKey());
    ModelReference tuned = job.await(ConsoleProgress.to(out)).requireFineTunedModel();
    out.println("   Fine-tuned model: " + tuned.name());

    compare(provider, new ModelReference(OpenAiProvider.ID, base), tuned, table, out);
    return tuned;
  }

  private static String cost(
      OpenAiProvider provider, FineTuningRequest request, Optional<String> perMillion) {
    CatalogEntry.Builder price =
        CatalogEntry.builder(request.baseModel(), "the command line", provider.catalog().asOf());
    perMillion
        .map(Money::dollars)
        .map(TrainingPrice.PerMillionTokens::new)
        .ifPresent(price::trainingPrice);
    ModelCatalog prices =
        provider
            .catalog()
            .overriddenBy(
                ModelCatalog.of(provider.id(), provider.catalog().asOf(), List.of(price.build())));
    return new CostEstimator(prices)
        .estimate(provider.id(), request, provider.tokenCounter(request.baseModel()))
        .map(estimate -> "Training costs " + estimate)
        .orElse("The price is unknown: give it with --price-per-million.");
  }

  private static void compare(
      OpenAiProvider provider,
      ModelReference base,
      ModelReference tuned,
      RecipeTable table,
      PrintStream out) {
    out.println("\n3. On rows that no model has seen, at temperature 0");
    Evaluation evaluation =
        Evaluation.builder(table.test())
            .grader("exact", Graders.jsonEquality())
            .grader("F1", Graders.jsonSetF1())
            .temperature(0)
            .maximumTokens(500)
            .concurrency(4)
            .build();
    ChatModel untuned = provider.requireChatModel(base);
    EvaluationReport plain = evaluation.run("the base model", untuned);
    EvaluationReport fewShot =
        evaluation.run(
            "the base model with 3 examples", Baselines.fewShot(table.training(), 3).on(untuned));
    EvaluationReport after = evaluation.run("the tuned model", provider.requireChatModel(tuned));
    for (EvaluationReport report : List.of(plain, fewShot, after)) {
      out.printf(
          Locale.ROOT,
          "   %-32s exact %5.1f %%   F1 %5.1f %%   %5.0f prompt tokens a question%n",
          report.name(),
          100 * report.score("exact").mean(),
          100 * report.score("F1").mean(),
          report.meanPromptTokens());
    }
    out.println("   " + after.comparedTo(fewShot));
  }
}
