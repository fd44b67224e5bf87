package dev.finetune4j.examples;

import dev.finetune4j.baseline.Baselines;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.examples.console.ExampleArguments;
import dev.finetune4j.examples.sql.SqlExecution;
import dev.finetune4j.examples.sql.SqlTask;
import dev.finetune4j.grading.Graders;
import dev.finetune4j.huggingface.HuggingFaceLocalOptions;
import dev.finetune4j.huggingface.HuggingFaceProvider;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.Hyperparameters;
import dev.finetune4j.training.LearningRate;
import dev.finetune4j.training.SupervisedTraining;
import dev.finetune4j.training.WeightUpdate;
import dev.finetune4j.tuner.ConsoleProgress;
import dev.finetune4j.tuner.FineTuner;
import dev.finetune4j.tuner.FinishedRun;
import dev.finetune4j.workflow.FineTuningPlan;
import dev.finetune4j.workflow.WorkflowResult;
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
        --examples N       how many examples to train on (default 160)
        --test N           how many others to test on (default 30)
        --epochs N         passes over the training data (default 2)
        --quantized YES    trains on 4-bit weights; needs an NVIDIA graphics card
        --directory DIR    keeps all files; the same directory resumes the run
        --help             this text
      """;

  private TextToSqlWithTrl() {}

  /** Runs the example. */
  public static void main(String[] args) {
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

  /** Starts or resumes the run and returns its result. */
  static WorkflowResult run(ExampleArguments arguments) {
    Path directory = arguments.directory("text-to-sql");
    HuggingFaceLocalOptions settings = HuggingFaceProvider.local(directory.resolve("trl"));
    arguments.find("--checkpoint").ifPresent(folder -> settings.base(BASE, Path.of(folder)));
    arguments.find("--interpreter").ifPresent(file -> settings.interpreter(Path.of(file)));
    try (HuggingFaceProvider provider = settings.build()) {
      FinishedRun run =
          FineTuner.in(directory, provider)
              .with(workflow -> workflow.listener(ConsoleProgress.to(System.out)))
              .run("text-to-sql", plan(arguments));
      System.out.println("\n" + run.summary());
      System.out.println("Report: " + run.writeReport(directory));
      return run.result();
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
        .grader(new SqlExecution())
        .grader(Graders.exact())
        .baselines(Baselines.zeroShot(), Baselines.fewShot(4))
        .maximumAnswerTokens(64)
        .concurrency(1)
        .build();
  }

  private static int number(ExampleArguments arguments, String option, int otherwise) {
    return arguments.find(option).map(Integer::parseInt).orElse(otherwise);
  }
}
