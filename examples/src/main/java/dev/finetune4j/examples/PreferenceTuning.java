package dev.finetune4j.examples;

import dev.finetune4j.ModelReference;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.PreferenceExample;
import dev.finetune4j.examples.console.ExampleArguments;
import dev.finetune4j.examples.console.StoredKey;
import dev.finetune4j.examples.recipes.RecipeTable;
import dev.finetune4j.openai.OpenAiProvider;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.PreferenceTraining;
import dev.finetune4j.tuner.ConsoleProgress;
import java.io.PrintStream;
import java.nio.file.Path;

/**
 * Teaches a model to prefer one manner of answering to another (DPO): a list to a chatty sentence.
 */
public final class PreferenceTuning {
  private static final String HELP =
      """
      PreferenceTuning: preference training at OpenAI on pairs of answers. COSTS MONEY at OpenAI.

        --model NAME      the base model, or better one that was tuned on the preferred answers first
                          (gpt-4.1-mini-2025-04-14 if not given)
        --beta NUMBER     how strongly it is held near its start, above 0 to 2 (0.1 if not given)
        --directory DIR   where the data and the job's key go
        --help            this text
      """;

  private PreferenceTuning() {}

  /** Runs the example. */
  public static void main(String[] args) {
    ExampleArguments arguments = ExampleArguments.parse(args, "--model", "--beta", "--directory");
    if (arguments.asksForHelp()) {
      System.out.println(HELP);
      return;
    }
    try (OpenAiProvider provider = OpenAiProvider.fromEnvironment()) {
      run(provider, arguments, System.out);
    }
  }

  static ModelReference run(OpenAiProvider provider, ExampleArguments arguments, PrintStream out) {
    Path directory = arguments.directory("preference-tuning");
    String base = arguments.find("--model").orElse("gpt-4.1-mini-2025-04-14");
    PreferenceTraining method =
        PreferenceTraining.withDefaults()
            .withBeta(Double.parseDouble(arguments.find("--beta").orElse("0.1")));
    RecipeTable table = RecipeTable.in(directory);
    Dataset<PreferenceExample> pairs = RecipeTable.pairs(table.training());
    out.println(pairs.size() + " pairs; the first prefers");
    out.println("   " + pairs.examples().findFirst().orElseThrow().preferred().text());
    FineTuningRequest request =
        FineTuningRequest.builder(base, method, pairs)
            .validationData(RecipeTable.pairs(table.validation()))
            .suffix("recipe-manner")
            .submissionKey(StoredKey.in(directory))
            .build();
    ModelReference tuned =
        provider.submit(request).await(ConsoleProgress.to(out)).requireFineTunedModel();
    out.println("Fine-tuned model: " + tuned.name());
    return tuned;
  }
}
