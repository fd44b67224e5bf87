package dev.finetune4j.examples;

import dev.finetune4j.ModelReference;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.examples.console.ExampleArguments;
import dev.finetune4j.examples.console.StoredKey;
import dev.finetune4j.examples.recipes.RecipeTable;
import dev.finetune4j.grading.spec.GraderSpec;
import dev.finetune4j.grading.spec.TextMetric;
import dev.finetune4j.openai.OpenAiProvider;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.ReinforcementTraining;
import dev.finetune4j.tuner.ConsoleProgress;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;

/** Raises a grader's score of a reasoning model's own answers (reinforcement fine-tuning). */
public final class ReinforcementTuning {
  private static final String HELP =
      """
      ReinforcementTuning: trains a reasoning model towards a grader. COSTS MONEY, by the hour.

        --model NAME      the base model (o4-mini-2025-04-16 if not given; OpenAI itself shut it down
                          on 2026-10-23, so this runs against a simulator or another server)
        --directory DIR   where the data and the job's key go
        --help            this text
      """;

  private ReinforcementTuning() {}

  /** Runs the example. */
  public static void main(String[] args) {
    ExampleArguments arguments = ExampleArguments.parse(args, "--model", "--directory");
    if (arguments.asksForHelp()) {
      System.out.println(HELP);
      return;
    }
    try (OpenAiProvider provider = OpenAiProvider.fromEnvironment()) {
      run(provider, arguments, System.out);
    }
  }

  static ModelReference run(OpenAiProvider provider, ExampleArguments arguments, PrintStream out) {
    Path directory = arguments.directory("reinforcement-tuning");
    String base = arguments.find("--model").orElse("o4-mini-2025-04-16");
    RecipeTable table = RecipeTable.in(directory);
    Dataset<PromptExample> prompts = table.training().asPrompts();
    GraderSpec grader = grader();
    ReinforcementTraining method = ReinforcementTraining.towards(grader);
    FineTuningRequest request =
        FineTuningRequest.builder(base, method, prompts)
            .validationData(table.validation().asPrompts())
            .suffix("recipe-reward")
            .providerOption("hyperparameters", Map.of("reasoning_effort", "low"))
            .submissionKey(StoredKey.in(directory))
            .build();
    out.println("Towards " + grader.name() + " on " + prompts.size() + " prompts");
    ModelReference tuned =
        provider.submit(request).await(ConsoleProgress.to(out)).requireFineTunedModel();
    out.println("Fine-tuned model: " + tuned.name());
    return tuned;
  }

  /** Half for the exact list, half for how near it is: a score that can rise step by step. */
  private static GraderSpec grader() {
    return new GraderSpec.Multi(
        "near and exact",
        Map.of(
            "exact", GraderSpec.exactMatch("exact", PromptExample.ANSWER),
            "near", GraderSpec.similarity("near", PromptExample.ANSWER, TextMetric.FUZZY_MATCH)),
        "0.5 * exact + 0.5 * near");
  }
}
