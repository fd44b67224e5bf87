package dev.finetune4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.ModelReference;
import dev.finetune4j.azure.AzureProvider;
import dev.finetune4j.baseline.Baselines;
import dev.finetune4j.deployment.Capacity;
import dev.finetune4j.deployment.DeploymentSpec;
import dev.finetune4j.examples.support.SupportAnswers;
import dev.finetune4j.huggingface.HuggingFaceProvider;
import dev.finetune4j.job.JobStatus;
import dev.finetune4j.local.LocalProvider;
import dev.finetune4j.openai.OpenAiProvider;
import dev.finetune4j.simulator.azure.SimulatedAzure;
import dev.finetune4j.simulator.huggingface.SimulatedHub;
import dev.finetune4j.simulator.openai.SimulatedOpenAi;
import dev.finetune4j.testkit.FakeClock;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.SupervisedTraining;
import dev.finetune4j.workflow.FineTuningPlan;
import dev.finetune4j.workflow.WorkflowResult;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** One and the same plan, wherever this library can train. */
@DisabledOnOs(OS.WINDOWS)
final class OnePlanTest {
  @TempDir Path directory;

  private final FakeClock time = new FakeClock();
  private final FineTuningPlan plan = plan();
  private HuggingFaceRunners huggingFace;

  @BeforeEach
  void prepare() {
    huggingFace = new HuggingFaceRunners(MoveFromOpenAiToAzure.BASE, directory, time);
  }

  @Test
  void oneObjectIsThePlanAtOpenAiAtAzureAtHuggingFaceAndOnThisMachine() throws Exception {
    try (SimulatedOpenAi openAiService = SimulatedOpenAi.builder().time(time).start();
        SimulatedAzure azureService = SimulatedAzure.builder().time(time).start();
        SimulatedHub hub = huggingFace.hub();
        OpenAiProvider openAi = openAi(openAiService);
        AzureProvider azure = azure(azureService);
        HuggingFaceProvider onJobs = huggingFace.onJobs(hub);
        HuggingFaceProvider onSpaces = huggingFace.autoTrainOnSpaces(hub);
        HuggingFaceProvider withTrl = huggingFace.withTrl();
        HuggingFaceProvider withAutoTrain = huggingFace.withAutoTrain();
        LocalProvider embedded = embedded()) {

      List<WorkflowResult> results =
          List.of(
              elsewhere("openai").of(openAi),
              elsewhere("azure").of(azure),
              elsewhere("jobs").of(onJobs),
              elsewhere("spaces").of(onSpaces),
              here("trl").of(withTrl),
              here("autotrain").of(withAutoTrain),
              here("embedded").of(embedded));

      assertThat(results).allMatch(result -> result.plan() == plan);
      assertThat(results).allMatch(result -> result.job().status() == JobStatus.SUCCEEDED);
      assertThat(results)
          .extracting(result -> result.job().requireFineTunedModel().provider())
          .containsExactly(
              OpenAiProvider.ID,
              AzureProvider.ID,
              HuggingFaceProvider.ID,
              HuggingFaceProvider.ID,
              HuggingFaceProvider.ID,
              HuggingFaceProvider.ID,
              LocalProvider.ID);
      assertThat(results).allMatch(result -> !result.metrics().isEmpty());
      assertThat(hub.jobsCreated()).isEqualTo(1);
      assertThat(hub.spacesCreated()).isEqualTo(1);
      assertThat(hub.spaces()).isEmpty();
      List<HuggingFaceProvider> runners = List.of(onJobs, onSpaces, withTrl, withAutoTrain);
      for (int i = 0; i < runners.size(); i++) {
        ModelReference model = results.get(2 + i).job().requireFineTunedModel();
        assertThat(runners.get(i).outputFolder(model))
            .isDirectoryContaining("glob:**/adapter_config.json");
      }
      assertThat(embedded.outputFolder(results.get(6).job().requireFineTunedModel()))
          .isDirectoryContaining("glob:**/*.safetensors");
    }
  }

  /** Without validation data: AutoTrain is the one runner that refuses them. */
  private static FineTuningPlan plan() {
    FineTuningRequest request =
        FineTuningRequest.builder(
                MoveFromOpenAiToAzure.BASE,
                SupervisedTraining.withDefaults(),
                SupportAnswers.training())
            .build();
    return FineTuningPlan.builder(request, SupportAnswers.test())
        .grader(SupportAnswers.rule())
        .baselines(Baselines.zeroShot(), Baselines.fewShot(3))
        .build();
  }

  private MoveFromOpenAiToAzure.Runs elsewhere(String name) {
    return new MoveFromOpenAiToAzure.Runs(
        plan, directory.resolve(name), workflow -> workflow.time(time));
  }

  private MoveFromOpenAiToAzure.Runs here(String name) {
    return new MoveFromOpenAiToAzure.Runs(plan, directory.resolve(name), workflow -> {});
  }

  private OpenAiProvider openAi(SimulatedOpenAi service) {
    return OpenAiProvider.builder()
        .apiKey(service::apiKey)
        .baseUrl(service.baseUrl().toString())
        .time(time)
        .build();
  }

  private AzureProvider azure(SimulatedAzure service) throws InterruptedException {
    try (AzureProvider provider =
        AzureProvider.optionsFromEnvironment(service.environment())
            .tokens(service::issueToken)
            .time(time)
            .build()) {
      ModelReference base = new ModelReference(AzureProvider.ID, MoveFromOpenAiToAzure.BASE);
      provider
          .requireDeployer()
          .deploy(DeploymentSpec.of(base, "base", Capacity.serverless()))
          .await();
    }
    return AzureProvider.optionsFromEnvironment(service.environment())
        .tokens(service::issueToken)
        .time(time)
        .baseDeployment(MoveFromOpenAiToAzure.BASE, "base")
        .build();
  }

  private LocalProvider embedded() {
    Path shipped = directory.resolve("shipped");
    try (LocalProvider unpacking = LocalProvider.builder(shipped).build()) {
      assertThat(unpacking.tokenCounter(LocalProvider.TINY).count("Hello")).isPositive();
    }
    return LocalProvider.builder(directory.resolve("machine"))
        .base(MoveFromOpenAiToAzure.BASE, shipped.resolve("bases").resolve(LocalProvider.TINY))
        .workers(1)
        .build();
  }
}
