package dev.finetune4j.examples;

import dev.finetune4j.ModelReference;
import dev.finetune4j.PollingSchedule;
import dev.finetune4j.azure.AzureProvider;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.deployment.Capacity;
import dev.finetune4j.deployment.Deployment;
import dev.finetune4j.deployment.DeploymentHandle;
import dev.finetune4j.deployment.DeploymentSpec;
import dev.finetune4j.evaluation.Evaluation;
import dev.finetune4j.evaluation.EvaluationReport;
import dev.finetune4j.examples.console.EventPrinter;
import dev.finetune4j.examples.console.ExampleArguments;
import dev.finetune4j.examples.console.StoredKey;
import dev.finetune4j.examples.support.SupportAnswers;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.inference.ChatRequest;
import dev.finetune4j.job.JobHandle;
import dev.finetune4j.provider.Deployer;
import dev.finetune4j.token.TokenStatistics;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.SupervisedTraining;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The tutorial, end to end at Azure: two small sets, their tokens, one job, its events, a
 * deployment, a question, the base model beside it, and everything taken away again.
 */
public final class SupportBotOnAzure {
  private static final String HELP =
      """
      SupportBotOnAzure: fine-tunes a support bot. COSTS MONEY at Azure: the training, and the tokens
      of the questions; the deployments are deleted at the end, also after a failure.

        --model NAME       the base model (gpt-4.1-mini-2025-04-14 if not given)
        --directory DIR    where the job's key is kept; started again with the same directory, the
                           job is found again and no second one is made
        --help             this text

      Reads AZURE_OPENAI_ENDPOINT, AZURE_OPENAI_API_KEY, AZURE_SUBSCRIPTION_ID, AZURE_RESOURCE_GROUP,
      AZURE_OPENAI_ACCOUNT_NAME, and AZURE_TENANT_ID, AZURE_CLIENT_ID, AZURE_CLIENT_SECRET; without
      the last three the token of the Azure CLI is taken.
      """;

  private SupportBotOnAzure() {}

  /** Runs the example. */
  public static void main(String[] args) throws InterruptedException {
    ExampleArguments arguments = ExampleArguments.parse(args, "--model", "--directory");
    if (arguments.asksForHelp()) {
      System.out.println(HELP);
      return;
    }
    try (AzureProvider provider = AzureProvider.fromEnvironment()) {
      run(provider, arguments, System.out);
    }
  }

  static ModelReference run(AzureProvider provider, ExampleArguments arguments, PrintStream out)
      throws InterruptedException {
    Path directory = arguments.directory("support-bot-on-azure");
    String base = arguments.find("--model").orElse("gpt-4.1-mini-2025-04-14");
    SupervisedTraining method = SupervisedTraining.withDefaults();
    FineTuningRequest request =
        FineTuningRequest.builder(base, method, SupportAnswers.training())
            .validationData(SupportAnswers.validation())
            .suffix("support-bot")
            .submissionKey(StoredKey.in(directory))
            .build();

    out.println("1. The data");
    provider.validator(base, method).check(SupportAnswers.training()).orThrow();
    describe(provider, base, SupportAnswers.training(), out);
    describe(provider, base, SupportAnswers.validation(), out);

    out.println("\n2. One job");
    JobHandle job = provider.submit(request);
    ModelReference tuned =
        job.await(PollingSchedule.standard(), new EventPrinter(out)).requireFineTunedModel();
    out.println("   Fine-tuned model: " + tuned.name());

    out.println("\n3. Deployed");
    Deployer deployer = provider.deployer().orElseThrow();
    DeploymentHandle bot = deploy(deployer, tuned, "support-bot", out);
    try {
      DeploymentHandle plain =
          deploy(deployer, new ModelReference(AzureProvider.ID, base), "support-base", out);
      try {
        compare(deployer, plain.refresh(), bot.refresh(), out);
      } finally {
        plain.delete();
      }
    } finally {
      bot.delete();
      out.println("\n5. Deleted: nothing is left that bills. The model stays and can be deployed.");
    }
    return tuned;
  }

  private static void describe(
      AzureProvider provider, String base, Dataset<?> dataset, PrintStream out) {
    TokenStatistics tokens = TokenStatistics.measure(dataset, provider.tokenCounter(base));
    out.printf(
        "   %-20s %d examples, %d tokens, at most %d in one%n",
        dataset.name(), tokens.examples(), tokens.total(), tokens.maximum());
  }

  private static DeploymentHandle deploy(
      Deployer deployer, ModelReference model, String name, PrintStream out)
      throws InterruptedException {
    DeploymentHandle handle =
        deployer.deploy(DeploymentSpec.of(model, name, Capacity.serverless()));
    Deployment ready = handle.await(PollingSchedule.standard());
    out.printf(
        "   %s answers; by the hour it costs %s%n",
        name, ready.pricePerHour().map(String::valueOf).orElse("nothing that is known"));
    return handle;
  }

  private static void compare(
      Deployer deployer, Deployment plain, Deployment tuned, PrintStream out)
      throws InterruptedException {
    ChatModel bot = deployer.chatModel(tuned);
    out.println("\n4. Asked");
    ChatRequest question =
        ChatRequest.of(SupportAnswers.test().examples().findFirst().orElseThrow().prompt());
    out.println("   " + bot.chat(question).text());
    Evaluation evaluation =
        Evaluation.builder(SupportAnswers.test())
            .grader("right rule", SupportAnswers.rule())
            .temperature(0)
            .maximumTokens(100)
            .build();
    EvaluationReport before = evaluation.run("the base model", deployer.chatModel(plain));
    EvaluationReport after = evaluation.run("the tuned model", bot);
    out.printf(
        Locale.ROOT,
        "   right rule: base %.0f %%, tuned %.0f %%%n",
        100 * before.score("right rule").mean(),
        100 * after.score("right rule").mean());
    out.println("   " + after.comparedTo(before, "right rule"));
  }
}
