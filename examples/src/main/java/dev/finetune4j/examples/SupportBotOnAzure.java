package dev.finetune4j.examples;

import dev.finetune4j.ModelReference;
import dev.finetune4j.azure.AzureProvider;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.deployment.Capacity;
import dev.finetune4j.deployment.DeploymentSpec;
import dev.finetune4j.deployment.FileLeaseRegistry;
import dev.finetune4j.evaluation.Comparison;
import dev.finetune4j.evaluation.Evaluation;
import dev.finetune4j.examples.console.ExampleArguments;
import dev.finetune4j.examples.console.StoredKey;
import dev.finetune4j.examples.support.SupportAnswers;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.inference.ChatRequest;
import dev.finetune4j.provider.DeployedModel;
import dev.finetune4j.provider.Deployer;
import dev.finetune4j.token.TokenStatistics;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.SupervisedTraining;
import dev.finetune4j.tuner.ConsoleProgress;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The tutorial, end to end at Azure: two small sets, their tokens, one job, its events, a
 * deployment, a question, a comparison with the base model, and the deletion of both deployments.
 */
public final class SupportBotOnAzure {
  private static final String HELP =
      """
      SupportBotOnAzure: fine-tunes a support bot. COSTS MONEY at Azure: the training, the hours of
      two deployments, and the tokens of the questions. The deployments are deleted at the end, also
      after a failure; after a crash, the next start deletes them once two hours are over.

        --model NAME       the base model (default gpt-4.1-mini-2025-04-14)
        --directory DIR    keeps the job's key and the leases; the same directory finds the same job
        --help             this text

      Reads AZURE_OPENAI_ENDPOINT, AZURE_OPENAI_API_KEY, AZURE_SUBSCRIPTION_ID, AZURE_RESOURCE_GROUP,
      AZURE_OPENAI_ACCOUNT_NAME, and AZURE_TENANT_ID, AZURE_CLIENT_ID, AZURE_CLIENT_SECRET; without
      the last three it uses the token of the Azure CLI.
      """;

  private static final Duration LEASE = Duration.ofHours(2);

  private SupportBotOnAzure() {}

  /** Runs the example. */
  public static void main(String[] args) {
    ExampleArguments arguments = ExampleArguments.parse(args, "--model", "--directory");
    if (arguments.asksForHelp()) {
      System.out.println(HELP);
      return;
    }
    try (AzureProvider provider = AzureProvider.fromEnvironment()) {
      run(provider, arguments, System.out);
    }
  }

  static ModelReference run(AzureProvider provider, ExampleArguments arguments, PrintStream out) {
    Path directory = arguments.directory("support-bot-on-azure");
    String base = arguments.find("--model").orElse("gpt-4.1-mini-2025-04-14");
    FineTuningRequest request =
        FineTuningRequest.builder(
                base, SupervisedTraining.withDefaults(), SupportAnswers.training())
            .validationData(SupportAnswers.validation())
            .suffix("support-bot")
            .submissionKey(StoredKey.in(directory))
            .build();

    out.println("1. The data");
    describe(provider, base, SupportAnswers.training(), out);
    describe(provider, base, SupportAnswers.validation(), out);

    out.println("\n2. One job");
    ModelReference tuned =
        provider.submit(request).await(ConsoleProgress.to(out)).requireFineTunedModel();
    out.println("   Fine-tuned model: " + tuned.name());

    out.println("\n3. Deployed");
    Deployer deployer = provider.requireDeployer();
    FileLeaseRegistry leases = FileLeaseRegistry.open(directory.resolve("leases"), deployer.time());
    ModelReference untuned = new ModelReference(AzureProvider.ID, base);
    try (DeployedModel bot = deployer.deploy(spec(tuned, "support-bot"), LEASE, leases);
        DeployedModel plain = deployer.deploy(spec(untuned, "support-base"), LEASE, leases)) {
      for (DeployedModel model : List.of(bot, plain)) {
        out.printf(
            "   %s answers and costs %s per hour%n",
            model.deployment().reference().id(),
            model.deployment().pricePerHour().map(String::valueOf).orElse("an unknown sum"));
      }
      compare(plain, bot, out);
    }
    out.println(
        "\n5. Deleted: nothing bills any more. The model remains and can be deployed again.");
    return tuned;
  }

  private static DeploymentSpec spec(ModelReference model, String name) {
    return DeploymentSpec.of(model, name, Capacity.serverless());
  }

  private static void describe(
      AzureProvider provider, String base, Dataset<?> dataset, PrintStream out) {
    TokenStatistics tokens = TokenStatistics.measure(dataset, provider.tokenCounter(base));
    out.printf(
        "   %-20s %d examples, %d tokens, at most %d in one%n",
        dataset.name(), tokens.examples(), tokens.total(), tokens.maximum());
  }

  private static void compare(ChatModel plain, ChatModel bot, PrintStream out) {
    out.println("\n4. Asked");
    ChatRequest question =
        ChatRequest.of(SupportAnswers.test().examples().findFirst().orElseThrow().prompt());
    out.println("   " + bot.chat(question).text());
    Comparison comparison =
        Evaluation.builder(SupportAnswers.test())
            .grader(SupportAnswers.rule())
            .temperature(0)
            .maximumTokens(100)
            .build()
            .compare(plain, bot);
    out.println("   " + comparison);
  }
}
