package dev.finetune4j.examples;

import dev.finetune4j.azure.AzureProvider;
import dev.finetune4j.baseline.Baselines;
import dev.finetune4j.catalog.CatalogEntry;
import dev.finetune4j.catalog.ModelCatalog;
import dev.finetune4j.evaluation.Comparison;
import dev.finetune4j.examples.console.ExampleArguments;
import dev.finetune4j.examples.support.SupportAnswers;
import dev.finetune4j.openai.OpenAiProvider;
import dev.finetune4j.provider.FineTuningProvider;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.SupervisedTraining;
import dev.finetune4j.tuner.FineTuner;
import dev.finetune4j.workflow.FineTuningPlan;
import dev.finetune4j.workflow.FineTuningWorkflow;
import dev.finetune4j.workflow.WorkflowResult;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One plan, run at OpenAI and at Azure: are the two tuned models equally good, and how long does
 * each live? OpenAI accepts no new jobs after 2027-01-06; Azure continues with the same models.
 */
public final class MoveFromOpenAiToAzure {
  static final String BASE = "gpt-4.1-mini-2025-04-14";

  private static final String HELP =
      """
      MoveFromOpenAiToAzure: the same fine-tuning at both. COSTS MONEY at OpenAI and at Azure.

        --base-deployment NAME   the Azure deployment of gpt-4.1-mini that serves as baseline
        --directory DIR          keeps the journals; the same directory resumes the runs
        --help                   this text

      Reads OPENAI_API_KEY and the AZURE_ variables that SupportBotOnAzure reads.
      """;

  private MoveFromOpenAiToAzure() {}

  /** Runs the example. */
  public static void main(String[] args) {
    ExampleArguments arguments = ExampleArguments.parse(args, "--base-deployment", "--directory");
    if (arguments.asksForHelp()) {
      System.out.println(HELP);
      return;
    }
    String deployment = arguments.find("--base-deployment").orElse("gpt-41-mini");
    try (OpenAiProvider openAi = OpenAiProvider.fromEnvironment();
        AzureProvider azure =
            AzureProvider.optionsFromEnvironment(System.getenv())
                .baseDeployment(BASE, deployment)
                .build()) {
      Runs runs = new Runs(plan(), arguments.directory("move-to-azure"), workflow -> {});
      Move move =
          new Move(runs.of(openAi), runs.of(azure), List.of(openAi.catalog(), azure.catalog()));
      report(move, System.out);
    }
  }

  /** Returns the plan: nothing in it says where it runs. */
  static FineTuningPlan plan() {
    FineTuningRequest request =
        FineTuningRequest.builder(
                BASE, SupervisedTraining.withDefaults(), SupportAnswers.training())
            .validationData(SupportAnswers.validation())
            .build();
    return FineTuningPlan.builder(request, SupportAnswers.test())
        .grader(SupportAnswers.rule())
        .baselines(Baselines.zeroShot(), Baselines.fewShot(3))
        .build();
  }

  /** Runs of one plan, each in a directory of its own. */
  record Runs(FineTuningPlan plan, Path directory, Consumer<FineTuningWorkflow.Builder> settings) {

    /** Runs the plan and deletes the deployment that it leaves. */
    WorkflowResult of(FineTuningProvider provider) {
      WorkflowResult result =
          FineTuner.in(directory.resolve(provider.id().value()), provider)
              .with(settings)
              .run("move-" + provider.id(), plan)
              .result();
      result.deployment().ifPresent(left -> provider.requireDeployer().deployment(left).close());
      return result;
    }
  }

  /** Says whether the models are equally good, and until when each can be had. */
  static Comparison report(Move move, PrintStream out) {
    for (WorkflowResult result : List.of(move.before(), move.after())) {
      out.printf(
          Locale.ROOT,
          "%-8s %s%n         right rule %.0f %%, verdict %s%n",
          result.provider(),
          result.job().requireFineTunedModel().name(),
          100 * result.tunedReport().score("right rule").mean(),
          result.decision().verdict());
    }
    move.catalogs().stream()
        .map(catalog -> catalog.provider() + dates(catalog.find(BASE)))
        .forEach(out::println);
    Comparison parity = move.after().tunedReport().comparedTo(move.before().tunedReport());
    out.println("Azure's model against OpenAI's: " + parity);
    return parity;
  }

  /** The two runs, and what is known of the base model at both. */
  record Move(WorkflowResult before, WorkflowResult after, List<ModelCatalog> catalogs) {}

  private static String dates(Optional<CatalogEntry> entry) {
    return ": trainable until "
        + entry.flatMap(CatalogEntry::trainableUntil).map(LocalDate::toString).orElse("unknown")
        + ", tuned models answer until "
        + entry.flatMap(CatalogEntry::answersUntil).map(LocalDate::toString).orElse("unknown");
  }
}
