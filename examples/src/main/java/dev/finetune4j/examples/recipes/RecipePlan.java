package dev.finetune4j.examples.recipes;

import dev.finetune4j.baseline.Baselines;
import dev.finetune4j.baseline.Passage;
import dev.finetune4j.chat.Message;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.dataset.format.Datasets;
import dev.finetune4j.dataset.format.ExampleCodecs;
import dev.finetune4j.dataset.format.JsonlFile;
import dev.finetune4j.deployment.Deployment;
import dev.finetune4j.evaluation.Evaluation;
import dev.finetune4j.evaluation.EvaluationReport;
import dev.finetune4j.evaluation.SampleResult;
import dev.finetune4j.grading.Graders;
import dev.finetune4j.provider.Deployer;
import dev.finetune4j.provider.FineTuningProvider;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.Hyperparameters;
import dev.finetune4j.training.LearningRate;
import dev.finetune4j.training.LearningRateSchedule;
import dev.finetune4j.training.SupervisedTraining;
import dev.finetune4j.training.WeightUpdate;
import dev.finetune4j.workflow.FineTuningPlan;
import dev.finetune4j.workflow.WorkflowResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The recipes task as files of OpenAI chat JSONL, and the plan that runs on them with any provider.
 */
public final class RecipePlan {
  /** The grader that decides. */
  public static final String EXACT_MATCH = "exact match";

  /** Instructions that a prompt could use in place of training. */
  public static final String STRICT_PROMPT =
      "Answer with nothing but a JSON list of strings: the plain name of each ingredient, without"
          + " amounts.";

  private static final long SEED = 20_261_122;
  // Over twice the longest expected answer, which a test counts with the base's own tokenizer.
  static final int LONGEST_ANSWER = 96;
  private static final int SHOWN = 3;

  private final Path folder;

  private RecipePlan(Path folder) {
    this.folder = folder;
  }

  /** Writes the whole task into {@code folder}, the same at every call. */
  public static RecipePlan in(Path folder) {
    return in(folder, 1);
  }

  /**
   * Writes one example in {@code divisor} of the task into {@code folder}: for bases that take long
   * to train.
   */
  public static RecipePlan in(Path folder, int divisor) {
    RecipeExamples examples = RecipeExamples.of(SEED);
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot make the data folder " + folder, e);
    }
    write(folder.resolve("training.jsonl"), share(examples.training(), divisor));
    write(folder.resolve("validation.jsonl"), share(examples.validation(), divisor));
    write(folder.resolve("test.jsonl"), share(examples.test(), divisor));
    write(folder.resolve("never-seen.jsonl"), share(examples.neverSeen(), divisor));
    return new RecipePlan(folder);
  }

  /** Returns the examples to learn from, or to show. */
  public Dataset<ChatExample> training() {
    return read("training");
  }

  /** Returns the training examples as texts to retrieve, each question with its answer. */
  public List<Passage> passages() {
    try (Stream<ChatExample> examples = training().examples()) {
      List<String> texts =
          examples
              .map(
                  example ->
                      example.prompt().get(example.prompt().size() - 1).text()
                          + "\nAnswer: "
                          + example.answer())
              .toList();
      return IntStream.range(0, texts.size())
          .mapToObj(i -> new Passage("recipe " + (i + 1), texts.get(i)))
          .toList();
    }
  }

  /** Starts an evaluation on the test examples, with the graders of the plan. */
  public Evaluation.Builder evaluation() {
    return Evaluation.builder(prompts("test"))
        .grader(EXACT_MATCH, Graders.jsonEquality())
        .grader("ingredient F1", Graders.jsonSetF1())
        .maximumTokens(LONGEST_ANSWER)
        .temperature(0)
        .concurrency(16);
  }

  /** Returns how the toy base learns best: found by trying, see docs/providers/local.md. */
  public static SupervisedTraining forTheTinyBase() {
    return lowRank(3, 4e-3);
  }

  /** Returns LoRA of rank 16 on all linear layers, batches of 16, a cosine schedule. */
  public static SupervisedTraining lowRank(int epochs, double learningRate) {
    Hyperparameters hyperparameters =
        Hyperparameters.builder()
            .epochs(epochs)
            .batchSize(16)
            .learningRate(LearningRate.absolute(learningRate))
            .schedule(LearningRateSchedule.COSINE)
            .warmupFraction(0.05)
            .build();
    return SupervisedTraining.withDefaults()
        .withHyperparameters(hyperparameters)
        .withWeightUpdate(WeightUpdate.lowRank(16));
  }

  /** Returns the plan for a base model, for whatever provider has it. */
  public FineTuningPlan plan(String baseModel, SupervisedTraining method) {
    return task(baseModel, method).baselines(Baselines.zeroShot(), Baselines.fewShot(4)).build();
  }

  /** Starts a plan for a base model that has no baseline yet. */
  public FineTuningPlan.Builder task(String baseModel, SupervisedTraining method) {
    FineTuningRequest request =
        FineTuningRequest.builder(baseModel, method, training())
            .validationData(read("validation"))
            .suffix("recipes")
            .seed(7)
            .build();
    return FineTuningPlan.builder(request, prompts("test"))
        .grader(EXACT_MATCH, Graders.jsonEquality())
        .grader("ingredient F1", Graders.jsonSetF1())
        .maximumAnswerTokens(LONGEST_ANSWER)
        .concurrency(16);
  }

  /**
   * Asks the deployed model about ingredients that neither the base nor the training data ever
   * named, and prints how it does.
   */
  public void printWhatTheToyCannotDo(FineTuningProvider provider, WorkflowResult result) {
    if (result.deployment().isEmpty()) {
      return;
    }
    Deployer deployer = provider.requireDeployer();
    Deployment deployment = deployer.deployment(result.deployment().get()).await();
    EvaluationReport report =
        Evaluation.builder(prompts("never-seen"))
            .grader(Graders.jsonEquality())
            .maximumTokens(LONGEST_ANSWER)
            .temperature(0)
            .concurrency(16)
            .build()
            .run("never seen", deployer.chatModel(deployment));
    System.out.printf(
        "%nWhat this toy cannot do: it gets %2$.0f of %1$d recipes with unknown ingredients right.%n",
        report.samples().size(), report.scores().get(0).mean() * report.samples().size());
    for (SampleResult sample : report.samples().subList(0, SHOWN)) {
      System.out.println("  expected " + sample.reference());
      System.out.println("  answered " + sample.answer().orElse("nothing"));
    }
  }

  private Dataset<ChatExample> read(String name) {
    return Datasets.openAiChat(folder.resolve(name + ".jsonl"));
  }

  private Dataset<PromptExample> prompts(String name) {
    return read(name).asPrompts();
  }

  private static List<RecipeExample> share(List<RecipeExample> recipes, int divisor) {
    return recipes.subList(0, Math.max(1, recipes.size() / divisor));
  }

  private static void write(Path file, List<RecipeExample> recipes) {
    List<ChatExample> examples =
        recipes.stream()
            .map(
                recipe ->
                    ChatExample.of(
                        Message.system(recipe.system()),
                        Message.user(recipe.user()),
                        Message.assistant(recipe.assistant())))
            .toList();
    String name = file.getFileName().toString();
    JsonlFile.write(Dataset.of(name, examples), file, ExampleCodecs.openAiChat());
  }
}
