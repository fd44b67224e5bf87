package dev.finetune4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.ModelReference;
import dev.finetune4j.azure.AzureOptions;
import dev.finetune4j.azure.AzureProvider;
import dev.finetune4j.deployment.Capacity;
import dev.finetune4j.deployment.DeploymentSpec;
import dev.finetune4j.evaluation.Comparison;
import dev.finetune4j.examples.console.ExampleArguments;
import dev.finetune4j.job.JobStatus;
import dev.finetune4j.openai.OpenAiProvider;
import dev.finetune4j.simulator.azure.SimulatedAzure;
import dev.finetune4j.simulator.openai.SimulatedOpenAi;
import dev.finetune4j.testkit.FakeClock;
import dev.finetune4j.workflow.FineTuningPlan;
import dev.finetune4j.workflow.WorkflowResult;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the examples that need an Azure account against the simulated service. */
final class AzureExamplesTest {
  @TempDir Path directory;

  private final FakeClock time = new FakeClock();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
  private final SimulatedAzure service = SimulatedAzure.builder().time(time).start();

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void theTutorialTrainsDeploysComparesAndLeavesNothingThatBills() throws Exception {
    ExampleArguments arguments =
        ExampleArguments.parse(
            new String[] {"--directory", directory.toString()}, "--model", "--directory");

    ModelReference tuned;
    ModelReference again;
    try (AzureProvider provider = options().build()) {
      tuned = SupportBotOnAzure.run(provider, arguments, out);
      time.advance(Duration.ofMinutes(1));
      again = SupportBotOnAzure.run(provider, arguments, out);
    }

    time.advance(Duration.ofMinutes(1));
    assertThat(tuned.name()).startsWith("gpt-4.1-mini-2025-04-14.ft-");
    assertThat(again).isEqualTo(tuned);
    assertThat(service.jobsCreated()).isEqualTo(1);
    assertThat(service.deploymentNames()).isEmpty();
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains(
            "support-training     14 examples",
            "support-bot answers and costs 0",
            "tuned against base: +",
            "nothing bills any more");
  }

  @Test
  void oneObjectIsThePlanAtOpenAiAndAtAzureWhoseModelsAreAsGoodAsEachOther() throws Exception {
    FineTuningPlan plan = MoveFromOpenAiToAzure.plan();
    MoveFromOpenAiToAzure.Runs runs =
        new MoveFromOpenAiToAzure.Runs(plan, directory, workflow -> workflow.time(time));
    try (SimulatedOpenAi other = SimulatedOpenAi.builder().time(time).start();
        OpenAiProvider openAi =
            OpenAiProvider.builder()
                .apiKey(other::apiKey)
                .baseUrl(other.baseUrl().toString())
                .time(time)
                .build();
        AzureProvider azure = withABaseDeployment()) {
      WorkflowResult before = runs.of(openAi);
      WorkflowResult after = runs.of(azure);
      Comparison parity =
          MoveFromOpenAiToAzure.report(
              new MoveFromOpenAiToAzure.Move(
                  before, after, List.of(openAi.catalog(), azure.catalog())),
              out);

      time.advance(Duration.ofMinutes(1));
      assertThat(List.of(before, after)).allMatch(result -> result.plan() == plan);
      assertThat(List.of(before, after))
          .allMatch(result -> result.job().status() == JobStatus.SUCCEEDED)
          .extracting(result -> result.job().requireFineTunedModel().provider())
          .containsExactly(OpenAiProvider.ID, AzureProvider.ID);
      assertThat(parity.difference()).isZero();
      assertThat(service.deploymentNames()).containsExactly("base");
      assertThat(printed.toString(StandardCharsets.UTF_8))
          .contains("openai: trainable until 2027-01-06", "azure: trainable until 2027-04-14");
    }
  }

  private AzureProvider withABaseDeployment() throws InterruptedException {
    try (AzureProvider provider = options().build()) {
      ModelReference base = new ModelReference(AzureProvider.ID, MoveFromOpenAiToAzure.BASE);
      provider
          .requireDeployer()
          .deploy(DeploymentSpec.of(base, "base", Capacity.serverless()))
          .await();
    }
    return options().baseDeployment(MoveFromOpenAiToAzure.BASE, "base").build();
  }

  private AzureOptions options() {
    return AzureProvider.optionsFromEnvironment(service.environment())
        .tokens(service::issueToken)
        .time(time);
  }
}
