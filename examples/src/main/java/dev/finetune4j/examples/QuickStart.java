package dev.finetune4j.examples;

import dev.finetune4j.PollingSchedule;
import dev.finetune4j.Time;
import dev.finetune4j.deployment.FileLeaseBook;
import dev.finetune4j.examples.console.ConsoleProgress;
import dev.finetune4j.examples.console.ExampleArguments;
import dev.finetune4j.examples.console.ResultPrinter;
import dev.finetune4j.examples.recipes.RecipePlan;
import dev.finetune4j.local.LocalProvider;
import dev.finetune4j.report.RunReport;
import dev.finetune4j.workflow.FileJournal;
import dev.finetune4j.workflow.FineTuningPlan;
import dev.finetune4j.workflow.FineTuningWorkflow;
import dev.finetune4j.workflow.RunId;
import dev.finetune4j.workflow.WorkflowResult;
import java.nio.file.Path;

/**
 * A whole fine-tuning run on this machine: no account, no Python, no network. A toy base model of
 * under a million parameters learns to list the plain ingredients of a recipe as JSON.
 */
public final class QuickStart {
  private static final String HELP =
      """
      QuickStart: fine-tunes a small model on this machine and says whether it paid.

        --directory DIR   where journal, jobs and report go; started again with the same directory,
                          the run goes on where it stopped (a new folder below runs/ if not given)
        --examples-divisor N   use one example in N, to see the whole way quickly (1 if not given)
        --help            this text
      """;

  private QuickStart() {}

  /** Runs the example. */
  public static void main(String[] args) throws InterruptedException {
    ExampleArguments arguments = ExampleArguments.parse(args, "--directory", "--examples-divisor");
    if (arguments.asksForHelp()) {
      System.out.println(HELP);
      return;
    }
    int divisor = Integer.parseInt(arguments.find("--examples-divisor").orElse("1"));
    run(arguments.directory("quickstart"), divisor);
  }

  /** Runs, or goes on with, the run in {@code directory} and returns what it came to. */
  static WorkflowResult run(Path directory, int divisor) throws InterruptedException {
    System.out.println(
        "Recipes in, a JSON list of plain ingredients out. Everything is kept in "
            + directory
            + "\nThe training is a process of its own: if this program is ended, it goes on, and"
            + " --directory with the same folder finds it again.");
    RecipePlan recipes = RecipePlan.in(directory.resolve("data"), divisor);
    FineTuningPlan plan = recipes.plan(LocalProvider.TINY, RecipePlan.forTheTinyBase());
    try (LocalProvider provider = LocalProvider.builder(directory.resolve("local")).build();
        FileJournal journal = FileJournal.open(directory.resolve("journal"))) {
      FineTuningWorkflow workflow =
          FineTuningWorkflow.builder(provider, journal)
              .catalog(provider.catalog())
              .polling(PollingSchedule.local())
              .leases(FileLeaseBook.open(directory.resolve("leases"), Time.system()))
              .listener(new ConsoleProgress(System.out))
              .build();
      WorkflowResult result = workflow.run(new RunId("quickstart"), plan);
      new ResultPrinter(System.out).print(result);
      recipes.printWhatTheToyCannotDo(provider, result);
      System.out.println(
          "\nThe same plan runs on another provider: only the builder and the base model's name differ (docs/tasks/train.md).");
      Path report =
          RunReport.of(result)
              .withCommand("mvn -q -P example -Dexample=QuickStart")
              .writeTo(directory);
      System.out.println("Report: " + report);
      return result;
    }
  }
}
