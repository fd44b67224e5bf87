package dev.finetune4j.examples;

import dev.finetune4j.PollingSchedule;
import dev.finetune4j.Time;
import dev.finetune4j.azure.AzureProvider;
import dev.finetune4j.baseline.Baselines;
import dev.finetune4j.baseline.Passage;
import dev.finetune4j.catalog.ModelCatalog;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.decision.AlternativeSummary;
import dev.finetune4j.decision.Decision;
import dev.finetune4j.deployment.FileLeaseRegistry;
import dev.finetune4j.examples.console.ConsoleProgress;
import dev.finetune4j.examples.console.ExampleArguments;
import dev.finetune4j.examples.recipes.RecipePlan;
import dev.finetune4j.huggingface.HuggingFaceProvider;
import dev.finetune4j.local.LocalProvider;
import dev.finetune4j.openai.OpenAiProvider;
import dev.finetune4j.provider.FineTuningProvider;
import dev.finetune4j.report.RunReport;
import dev.finetune4j.report.SampleTable;
import dev.finetune4j.retrieval.Bm25Retriever;
import dev.finetune4j.training.SupervisedTraining;
import dev.finetune4j.workflow.FineTuningPlan;
import dev.finetune4j.workflow.FineTuningWorkflow;
import dev.finetune4j.workflow.WorkflowResult;
import dev.finetune4j.workflow.journal.FileJournal;
import dev.finetune4j.workflow.journal.RunId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The whole question in one program: every alternative and the tuned model on the same test data,
 * with their uncertainty and their cost, and the answer with its reasons. On the embedded provider
 * without an account; with one argument anywhere else.
 */
public final class ShouldIFineTune {
  private static final String HELP =
      """
      ShouldIFineTune: measures zero-shot, another prompt, examples, retrieval and a tuned model.

        --provider NAME        local (if not given), openai, azure or huggingface; all but local
                               COST MONEY and read the variables of their services
        --model NAME           the base model, as the provider calls it (local: its toy)
        --directory DIR        where everything goes; the same folder goes on where it stopped
        --examples-divisor N   use one example in N, to see the whole way quickly (1 if not given)
        --help                 this text
      """;
  private static final int SHOWN = 2;

  private ShouldIFineTune() {}

  /**
   * Where a run happens.
   *
   * @param directory where everything goes
   * @param divisor one example in so many is used
   * @param time the clock
   * @param polling how often jobs are looked at
   */
  record Place(Path directory, int divisor, Time time, PollingSchedule polling) {}

  /** Runs the example. */
  public static void main(String[] args) throws InterruptedException {
    ExampleArguments arguments =
        ExampleArguments.parse(args, "--provider", "--model", "--directory", "--examples-divisor");
    if (arguments.asksForHelp()) {
      System.out.println(HELP);
      return;
    }
    String name = arguments.find("--provider").orElse("local");
    Place place =
        new Place(
            arguments.directory("should-i-fine-tune"),
            Integer.parseInt(arguments.find("--examples-divisor").orElse("1")),
            Time.system(),
            name.equals("local") ? PollingSchedule.local() : PollingSchedule.standard());
    switch (name) {
      case "local" -> {
        try (LocalProvider local =
            LocalProvider.builder(place.directory().resolve("local")).build()) {
          run(local, local.catalog(), arguments.find("--model").orElse(LocalProvider.TINY), place);
        }
      }
      case "openai" -> {
        try (OpenAiProvider openAi = OpenAiProvider.fromEnvironment()) {
          run(openAi, openAi.catalog(), model(arguments), place);
        }
      }
      case "azure" -> {
        try (AzureProvider azure = AzureProvider.fromEnvironment()) {
          run(azure, azure.catalog(), model(arguments), place);
        }
      }
      case "huggingface" -> {
        try (HuggingFaceProvider withTrl =
            HuggingFaceProvider.local(place.directory().resolve("trl")).build()) {
          run(withTrl, withTrl.catalog(), model(arguments), place);
        }
      }
      default ->
          throw new IllegalArgumentException(
              "There is no provider \"" + name + "\": local, openai, azure or huggingface.");
    }
  }

  /** Runs, or goes on with, the run at {@code place}, prints the answer and writes the report. */
  static WorkflowResult run(
      FineTuningProvider provider, ModelCatalog catalog, String base, Place place)
      throws InterruptedException {
    RecipePlan recipes = RecipePlan.in(place.directory().resolve("data"), place.divisor());
    // The toy learns best with settings of its own; elsewhere the provider's are better.
    SupervisedTraining method =
        base.equals(LocalProvider.TINY)
            ? RecipePlan.forTheTinyBase()
            : SupervisedTraining.withDefaults();
    FineTuningPlan plan = plan(recipes, base, method);
    try (FileJournal journal = FileJournal.open(place.directory().resolve("journal"))) {
      WorkflowResult result =
          FineTuningWorkflow.builder(provider, journal)
              .catalog(catalog)
              .polling(place.polling())
              .time(place.time())
              .leases(FileLeaseRegistry.open(place.directory().resolve("leases"), place.time()))
              .listener(new ConsoleProgress(System.out))
              .build()
              .run(new RunId("should-i-fine-tune"), plan);
      print(result.decision());
      SampleTable.writeCsv(
          place.directory().resolve("samples.csv"),
          Stream.concat(result.baselineReports().stream(), Stream.of(result.tunedReport()))
              .toList());
      Path report =
          RunReport.of(result)
              .withCommand("mvn -q -P example -Dexample=ShouldIFineTune")
              .writeTo(place.directory());
      System.out.println("\nReport: " + report);
      return result;
    }
  }

  /**
   * The plan: the same task with every alternative that needs no training beside the tuned model.
   */
  static FineTuningPlan plan(RecipePlan recipes, String base, SupervisedTraining method) {
    Dataset<ChatExample> pool = recipes.training();
    return recipes
        .task(base, method)
        .baseline(Baselines.zeroShot())
        .baseline(
            Baselines.systemPrompt(
                "strict prompt",
                "Answer with nothing but a JSON list of strings: the plain name of each"
                    + " ingredient, without amounts."))
        .baseline(Baselines.fewShot(pool, SHOWN))
        .baseline(Baselines.nearestFewShot(pool, SHOWN))
        .baseline(Baselines.retrieval(Bm25Retriever.of(passages(pool)), SHOWN))
        .build();
  }

  /** The corpus: what was asked before, with its answer. */
  static List<Passage> passages(Dataset<ChatExample> pool) {
    List<Passage> passages = new ArrayList<>();
    try (Stream<ChatExample> examples = pool.examples()) {
      examples.forEach(
          example ->
              passages.add(
                  new Passage(
                      "recipe " + (passages.size() + 1),
                      example.prompt().get(example.prompt().size() - 1).text()
                          + "\nAnswer: "
                          + example.answer())));
    }
    return passages;
  }

  private static String model(ExampleArguments arguments) {
    return arguments
        .find("--model")
        .orElseThrow(() -> new IllegalArgumentException("Name the base model with --model."));
  }

  private static void print(Decision decision) {
    System.out.printf(
        "%n%-24s %8s %18s %16s%n", "alternative", "score", "95 % interval", "tokens/request");
    for (AlternativeSummary each : decision.alternatives()) {
      System.out.printf(
          "%-24s %6.1f %% %8.1f to %5.1f %% %16.0f%n",
          each.name(),
          100 * each.score().mean(),
          100 * each.score().meanInterval().low(),
          100 * each.score().meanInterval().high(),
          each.tokensPerRequest());
    }
    System.out.println(
        "\nShould you fine-tune? " + decision.verdict() + ", use \"" + decision.chosen() + "\".");
    decision
        .reasons()
        .forEach(reason -> System.out.println("  " + reason.weight() + ": " + reason.sentence()));
  }
}
