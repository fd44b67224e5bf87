package dev.finetune4j.examples;

import dev.finetune4j.examples.console.ExampleArguments;
import dev.finetune4j.examples.recipes.RecipePlan;
import dev.finetune4j.local.LocalProvider;
import dev.finetune4j.tuner.ConsoleProgress;
import dev.finetune4j.tuner.FineTuner;
import dev.finetune4j.tuner.FinishedRun;
import dev.finetune4j.workflow.WorkflowResult;
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
        --examples-divisor N uses one recipe in N (default 20, which trains on 75)
        --epochs N           passes over the training data (default 2)
        --directory DIR      as in QuickStart
        --help               this text
      """;

  private LocalSmolLm() {}

  /** Runs the example. */
  public static void main(String[] args) {
    ExampleArguments arguments =
        ExampleArguments.parse(
            args, "--checkpoint", "--examples-divisor", "--epochs", "--directory");
    if (arguments.asksForHelp() || arguments.find("--checkpoint").isEmpty()) {
      System.out.println(HELP);
      return;
    }
    run(arguments);
  }

  /** Starts or resumes the run and returns its result. */
  static WorkflowResult run(ExampleArguments arguments) {
    Path directory = arguments.directory("local-smollm");
    int divisor = Integer.parseInt(arguments.find("--examples-divisor").orElse("20"));
    int epochs = Integer.parseInt(arguments.find("--epochs").orElse("2"));
    RecipePlan recipes = RecipePlan.in(directory.resolve("data"), divisor);
    try (LocalProvider provider =
        LocalProvider.builder(directory.resolve("local"))
            .base("smollm", Path.of(arguments.find("--checkpoint").orElseThrow()))
            .build()) {
      FinishedRun run =
          FineTuner.in(directory, provider)
              .with(settings -> settings.listener(ConsoleProgress.to(System.out)))
              .run("local-smollm", recipes.plan("smollm", RecipePlan.lowRank(epochs, 5e-4)));
      System.out.println("\n" + run.summary());
      System.out.println("Report: " + run.writeReport(directory));
      return run.result();
    }
  }
}
