package dev.finetune4j.examples;

import dev.finetune4j.PollingSchedule;
import dev.finetune4j.Time;
import dev.finetune4j.deployment.FileLeaseRegistry;
import dev.finetune4j.examples.console.ConsoleProgress;
import dev.finetune4j.examples.console.ExampleArguments;
import dev.finetune4j.examples.console.ResultPrinter;
import dev.finetune4j.examples.recipes.RecipePlan;
import dev.finetune4j.local.LocalProvider;
import dev.finetune4j.report.RunReport;
import dev.finetune4j.workflow.FineTuningWorkflow;
import dev.finetune4j.workflow.WorkflowResult;
import dev.finetune4j.workflow.journal.FileJournal;
import dev.finetune4j.workflow.journal.RunId;
import java.nio.file.Path;

/**
 * The run of {@link QuickStart} with a real base: any Llama-style checkpoint folder, for example
 * SmolLM2-135M-Instruct.
 */
public final class LocalSmolLm {
  private static final String HELP =
      """
      LocalSmolLm: fine-tunes a checkpoint of yours on this machine.

        --checkpoint DIR     config.json, tokenizer.json, *.safetensors of a Llama-style model
        --examples-divisor N use one example in N of the recipes (20 if not given: 75 to learn from)
        --epochs N           how often they are gone through (2 if not given)
        --directory DIR      as in QuickStart
        --help               this text
      """;

  private LocalSmolLm() {}

  /** Runs the example. */
  public static void main(String[] args) throws InterruptedException {
    ExampleArguments arguments =
        ExampleArguments.parse(
            args, "--checkpoint", "--examples-divisor", "--epochs", "--directory");
    if (arguments.asksForHelp() || arguments.find("--checkpoint").isEmpty()) {
      System.out.println(HELP);
      return;
    }
    run(arguments);
  }

  /** Runs, or goes on with, a run and returns what it came to. */
  static WorkflowResult run(ExampleArguments arguments) throws InterruptedException {
    Path directory = arguments.directory("local-smollm");
    int divisor = Integer.parseInt(arguments.find("--examples-divisor").orElse("20"));
    int epochs = Integer.parseInt(arguments.find("--epochs").orElse("2"));
    RecipePlan recipes = RecipePlan.in(directory.resolve("data"), divisor);
    try (LocalProvider provider =
            LocalProvider.builder(directory.resolve("local"))
                .base("smollm", Path.of(arguments.find("--checkpoint").orElseThrow()))
                .build();
        FileJournal journal = FileJournal.open(directory.resolve("journal"))) {
      FineTuningWorkflow workflow =
          FineTuningWorkflow.builder(provider, journal)
              .prices(provider.catalog())
              .polling(PollingSchedule.local())
              .leases(FileLeaseRegistry.open(directory.resolve("leases"), Time.system()))
              .listener(new ConsoleProgress(System.out))
              .build();
      WorkflowResult result =
          workflow.run(
              new RunId("local-smollm"), recipes.plan("smollm", RecipePlan.lowRank(epochs, 5e-4)));
      new ResultPrinter(System.out).print(result);
      System.out.println("Report: " + RunReport.of(result).writeTo(directory));
      return result;
    }
  }
}
