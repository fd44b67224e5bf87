package dev.finetune4j.examples;

import dev.finetune4j.ModelReference;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.dataset.format.Datasets;
import dev.finetune4j.evaluation.Comparison;
import dev.finetune4j.evaluation.Evaluation;
import dev.finetune4j.evaluation.EvaluationReport;
import dev.finetune4j.examples.console.ExampleArguments;
import dev.finetune4j.examples.console.OpenAiTrainingData;
import dev.finetune4j.examples.console.StoredKey;
import dev.finetune4j.examples.recipes.RecipePlan;
import dev.finetune4j.grading.Graders;
import dev.finetune4j.huggingface.HuggingFaceLocalOptions;
import dev.finetune4j.huggingface.HuggingFaceProvider;
import dev.finetune4j.job.FineTuningJob;
import dev.finetune4j.job.JobReference;
import dev.finetune4j.local.LocalProvider;
import dev.finetune4j.openai.OpenAiProvider;
import dev.finetune4j.provider.DeployedModel;
import dev.finetune4j.provider.FineTuningProvider;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.SupervisedTraining;
import dev.finetune4j.tuner.ConsoleProgress;
import dev.finetune4j.tuner.FineTuner;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Away from a service that ends: the data of a fine-tuning at OpenAI, fetched from there, trains an
 * open model on this machine, and both models answer the same questions that neither has learnt.
 * Are they as good as each other?
 */
public final class MoveFromOpenAiToOpenModel {
  private static final String OPEN_BASE = "HuggingFaceTB/SmolLM2-135M-Instruct";
  private static final int LONGEST_ANSWER = 200;

  private static final String HELP =
      """
      MoveFromOpenAiToOpenModel: the data of an OpenAI fine-tuning on an open model. COSTS MONEY at
      OpenAI: the questions to the model that was tuned there.

        --job ID            the fine-tuning job at OpenAI; it needs a validation file, whose
                            examples are the questions
        --with NAME         local (the embedded trainer with its tiny model, if not given) or trl
        --base NAME         the open model for trl (HuggingFaceTB/SmolLM2-135M-Instruct if not given)
        --interpreter FILE  a Python with torch, transformers, trl, peft; built once if not given
        --directory DIR     where data, job and result go; started again, the job is found again
        --help              this text

      Reads OPENAI_API_KEY and, for another server such as a simulator, OPENAI_BASE_URL.
      """;

  private MoveFromOpenAiToOpenModel() {}

  /** Runs the example. */
  public static void main(String[] args) {
    ExampleArguments arguments =
        ExampleArguments.parse(args, "--job", "--with", "--base", "--interpreter", "--directory");
    if (arguments.asksForHelp()) {
      System.out.println(HELP);
      return;
    }
    try (OpenAiProvider openAi = OpenAiProvider.fromEnvironment()) {
      run(openAi, arguments, System.out);
    }
  }

  static Comparison run(OpenAiProvider openAi, ExampleArguments arguments, PrintStream out) {
    Path directory = arguments.directory("move-to-open-model");
    String id =
        arguments
            .find("--job")
            .orElseThrow(() -> new IllegalArgumentException("--job ftjob-... is needed."));
    FineTuningJob before = openAi.job(new JobReference(OpenAiProvider.ID, id)).refresh();

    out.println("1. The data of " + id);
    OpenAiTrainingData data = OpenAiTrainingData.fetch(openAi, before, directory);
    Dataset<ChatExample> training = Datasets.openAiChat(data.training());
    Dataset<PromptExample> questions = Datasets.openAiChat(data.validation()).asPrompts();
    out.printf("   %d examples to learn from, %d to judge by%n", training.size(), questions.size());

    Evaluation evaluation =
        Evaluation.builder(questions)
            .grader(Graders.normalised())
            .temperature(0)
            .maximumTokens(LONGEST_ANSWER)
            .build();
    EvaluationReport there =
        evaluation.run("OpenAI's model", openAi.requireChatModel(before.requireFineTunedModel()));
    try (FineTuningProvider open = open(arguments, directory)) {
      out.println("\n2. The same data on an open model");
      ModelReference tuned = train(open, arguments, training, directory, out);
      try (DeployedModel served =
          FineTuner.in(directory, open).deploy(tuned, "moved", Duration.ofHours(4))) {
        return parity(there, evaluation.run("the open model", served), out);
      }
    }
  }

  private static FineTuningProvider open(ExampleArguments arguments, Path directory) {
    String with = arguments.find("--with").orElse("local");
    if (with.equals("local")) {
      return LocalProvider.builder(directory.resolve("local")).build();
    } else if (!with.equals("trl")) {
      throw new IllegalArgumentException("Unknown --with \"" + with + "\"; expected local or trl.");
    }
    HuggingFaceLocalOptions options = HuggingFaceProvider.local(directory.resolve("trl"));
    arguments.find("--interpreter").ifPresent(file -> options.interpreter(Path.of(file)));
    return options.build();
  }

  private static ModelReference train(
      FineTuningProvider open,
      ExampleArguments arguments,
      Dataset<ChatExample> training,
      Path directory,
      PrintStream out) {
    boolean isTiny = open instanceof LocalProvider;
    String base = isTiny ? LocalProvider.TINY : arguments.find("--base").orElse(OPEN_BASE);
    SupervisedTraining method = isTiny ? RecipePlan.forTheTinyBase() : RecipePlan.lowRank(3, 5e-4);
    FineTuningRequest request =
        FineTuningRequest.builder(base, method, training)
            .seed(7)
            .submissionKey(StoredKey.in(directory))
            .build();
    return open.submit(request).await(ConsoleProgress.to(out)).requireFineTunedModel();
  }

  private static Comparison parity(EvaluationReport there, EvaluationReport here, PrintStream out) {
    out.println("\n3. Are they as good as each other?");
    for (EvaluationReport report : List.of(there, here)) {
      out.printf(
          Locale.ROOT,
          "   %-16s gives the expected answer to %.0f %%%n",
          report.name(),
          100 * report.scores().get(0).mean());
    }
    Comparison parity = here.comparedTo(there);
    out.println("   " + parity);
    return parity;
  }
}
