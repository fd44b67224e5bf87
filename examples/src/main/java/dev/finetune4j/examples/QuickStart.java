package dev.finetune4j.examples;

import dev.finetune4j.examples.console.ExampleArguments;
import dev.finetune4j.examples.recipes.RecipePlan;
import dev.finetune4j.local.LocalProvider;
import dev.finetune4j.tuner.ConsoleProgress;
import dev.finetune4j.tuner.FineTuner;
import dev.finetune4j.tuner.FinishedRun;
import dev.finetune4j.workflow.FineTuningPlan;
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

        --directory DIR   keeps journal, jobs and report; the same directory resumes the run
                          (default: a new folder in runs/)
        --examples-divisor N   uses one example in N, for a quick look (default 1)
        --help            this text
      """;

  private QuickStart() {}

  /** Runs the example. */
  public static void main(String[] args) {
    ExampleArguments arguments = ExampleArguments.parse(args, "--directory", "--examples-divisor");
    if (arguments.asksForHelp()) {
      System.out.println(HELP);
      return;
    }
    int divisor = Integer.parseInt(arguments.find("--examples-divisor").orElse("1"));
    run(arguments.directory("quickstart"), divisor);
  }

  /** Starts or resumes the run in {@code directory} and returns its result. */
  static WorkflowResult run(Path directory, int divisor) {
    System.out.println(
        "Recipes in, a JSON list of plain ingredients out. All files are in "
            + directory
            + "\nThe training runs in a process of its own. If this program ends early, the training"
            + " continues; start the program again with the same --directory.");
    RecipePlan recipes = RecipePlan.in(directory.resolve("data"), divisor);
    FineTuningPlan plan = recipes.plan(LocalProvider.TINY, RecipePlan.forTheTinyBase());
    try (LocalProvider provider = LocalProvider.builder(directory.resolve("local")).build()) {
      FinishedRun run =
          FineTuner.in(directory, provider)
              .with(settings -> settings.listener(ConsoleProgress.to(System.out)))
              .run("quickstart", plan);
      System.out.println("\n" + run.summary());
      recipes.printWhatTheToyCannotDo(provider, run.result());
      System.out.println(
          "\nThe same plan runs on another provider: change the builder and the base model's name"
              + " (docs/tasks/train.md).");
      System.out.println("Report: " + run.writeReport(directory));
      return run.result();
    }
  }
}
