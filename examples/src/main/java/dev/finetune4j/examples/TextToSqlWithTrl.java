package dev.finetune4j.examples;

import dev.finetune4j.PollingSchedule;
import dev.finetune4j.Time;
import dev.finetune4j.baseline.Baselines;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.deployment.FileLeaseRegistry;
import dev.finetune4j.examples.console.ConsoleProgress;
import dev.finetune4j.examples.console.ExampleArguments;
import dev.finetune4j.examples.console.ResultPrinter;
import dev.finetune4j.examples.sql.SqlExecution;
import dev.finetune4j.examples.sql.SqlTask;
import dev.finetune4j.grading.Graders;
import dev.finetune4j.huggingface.HuggingFaceLocalOptions;
import dev.finetune4j.huggingface.HuggingFaceProvider;
import dev.finetune4j.report.RunReport;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.Hyperparameters;
import dev.finetune4j.training.LearningRate;
import dev.finetune4j.training.SupervisedTraining;
import dev.finetune4j.training.WeightUpdate;
import dev.finetune4j.workflow.FineTuningPlan;
import dev.finetune4j.workflow.FineTuningWorkflow;
import dev.finetune4j.workflow.WorkflowResult;
import dev.finetune4j.workflow.journal.FileJournal;
import dev.finetune4j.workflow.journal.RunId;
import java.nio.file.Path;

/**
 * Teaches an open model to turn questions into SQL, with Hugging Face's TRL on this machine:
 * conversations, a low-rank adapter, judged by exact match and by running the SQL, beside the base
 * model and the base model with examples in its prompt.
 */
public final class TextToSqlWithTrl {
  private static final String BASE = "HuggingFaceTB/SmolLM2-135M-Instruct";
  private static final String HELP =
      """
      TextToSqlWithTrl: fine-tunes an open model with TRL on this machine.

        --checkpoint DIR   the base as a folder; fetched from the Hub if not given: SmolLM2-135M-Instruct
        --interpreter FILE a Python with torch, transformers, trl, peft; built once if not given
        --examples N       how many of the made examples to learn from (160 if not given)
        --test N           how many others to judge by (30 if not given)
        --epochs N         how often they are gone through (2 if not given)
        --quantized YES    train on 4-bit weights, where there is an NVIDIA graphics card
        --directory DIR    where everything is kept; a second run with the same goes on
        --help             this text
      """;

  private TextToSqlWithTrl() {}

  /** Runs the example. */
  public static void main(String[] args) throws InterruptedException {
    ExampleArguments arguments =
        ExampleArguments.parse(
            args,
            "--checkpoint",
            "--interpreter",
            "--examples",
            "--test",
            "--epochs",
            "--quantized",
            "--directory");
    if (arguments.asksForHelp()) {
      System.out.println(HELP);
      return;
    }
    run(arguments);
  }

  /** Runs, or goes on with, a run and returns what it came to. */
  static WorkflowResult run(ExampleArguments arguments) throws InterruptedException {
    Path directory = arguments.directory("text-to-sql");
    HuggingFaceLocalOptions settings = HuggingFaceProvider.local(directory.resolve("trl"));
    arguments.find("--checkpoint").ifPresent(folder -> settings.base(BASE, Path.of(folder)));
    arguments.find("--interpreter").ifPresent(file -> settings.interpreter(Path.of(file)));
    try (HuggingFaceProvider provider = settings.build();
        FileJournal journal = FileJournal.open(directory.resolve("journal"))) {
      FineTuningWorkflow workflow =
          FineTuningWorkflow.builder(provider, journal)
              .prices(provider.catalog())
              .polling(PollingSchedule.local())
              .leases(FileLeaseRegistry.open(directory.resolve("leases"), Time.system()))
              .listener(new ConsoleProgress(System.out))
              .build();
      WorkflowResult result = workflow.run(new RunId("text-to-sql"), plan(arguments));
      new ResultPrinter(System.out).print(result);
      System.out.println("Report: " + RunReport.of(result).writeTo(directory));
      return result;
    }
  }

  private static FineTuningPlan plan(ExampleArguments arguments) {
    SqlTask task = SqlTask.make();
    Dataset<ChatExample> training = task.training(number(arguments, "--examples", 160));
    Hyperparameters hyperparameters =
        Hyperparameters.builder()
            .epochs(number(arguments, "--epochs", 2))
            .batchSize(8)
            .learningRate(LearningRate.absolute(5e-4))
            .maximumSequenceTokens(256)
            .build();
    FineTuningRequest.Builder<ChatExample> request =
        FineTuningRequest.builder(
                BASE, new SupervisedTraining(hyperparameters, WeightUpdate.lowRank(16)), training)
            .suffix("sql")
            .seed(7);
    if (arguments.find("--quantized").isPresent()) {
      request
          .providerOption("load_in_4bit", true)
          .providerOption("bnb_4bit_use_double_quant", true);
    }
    return FineTuningPlan.builder(request.build(), task.test(number(arguments, "--test", 30)))
        .grader("execution", new SqlExecution())
        .grader("exact match", Graders.exact())
        .baseline(Baselines.zeroShot())
        .baseline(Baselines.fewShot(training, 4))
        .maximumAnswerTokens(64)
        .concurrency(1)
        .build();
  }

  private static int number(ExampleArguments arguments, String option, int otherwise) {
    return arguments.find(option).map(Integer::parseInt).orElse(otherwise);
  }
}
