package dev.finetune4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.ModelReference;
import dev.finetune4j.PollingSchedule;
import dev.finetune4j.Time;
import dev.finetune4j.azure.AzureProvider;
import dev.finetune4j.deployment.Capacity;
import dev.finetune4j.deployment.DeploymentSpec;
import dev.finetune4j.huggingface.HuggingFaceProvider;
import dev.finetune4j.huggingface.ServerOptions;
import dev.finetune4j.job.JobStatus;
import dev.finetune4j.local.LocalProvider;
import dev.finetune4j.openai.OpenAiProvider;
import dev.finetune4j.testkit.ManualTime;
import dev.finetune4j.testkit.simulator.azure.SimulatedAzure;
import dev.finetune4j.testkit.simulator.huggingface.JobCourse;
import dev.finetune4j.testkit.simulator.huggingface.JobOrder;
import dev.finetune4j.testkit.simulator.huggingface.SimulatedHub;
import dev.finetune4j.testkit.simulator.openai.SimulatedOpenAi;
import dev.finetune4j.workflow.FineTuningPlan;
import dev.finetune4j.workflow.WorkflowResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** One and the same plan, wherever this library can train. */
@DisabledOnOs(OS.WINDOWS)
final class OnePlanTest {
  private static final Path SCRIPTS =
      Path.of("../providers-huggingface/src/test/python").toAbsolutePath().normalize();

  @TempDir Path directory;

  private final ManualTime time = new ManualTime();
  private final FineTuningPlan plan = MoveFromOpenAiToAzure.plan();

  @Test
  void oneObjectIsThePlanAtOpenAiAtAzureAtHuggingFaceAndOnThisMachine() throws Exception {
    try (SimulatedOpenAi openAiService = SimulatedOpenAi.builder().time(time).start();
        SimulatedAzure azureService = SimulatedAzure.builder().time(time).start();
        SimulatedHub hub = hub();
        OpenAiProvider openAi = openAi(openAiService);
        AzureProvider azure = azure(azureService);
        HuggingFaceProvider onJobs = onJobs(hub);
        HuggingFaceProvider withTrl = withTrl();
        LocalProvider embedded = embedded()) {

      List<WorkflowResult> results =
          List.of(
              elsewhere("openai").of(openAi, openAi.catalog()),
              elsewhere("azure").of(azure, azure.catalog()),
              elsewhere("jobs").of(onJobs, onJobs.catalog()),
              here("trl").of(withTrl, withTrl.catalog()),
              here("embedded").of(embedded, embedded.catalog()));

      assertThat(results).allMatch(result -> result.plan() == plan);
      assertThat(results).allMatch(result -> result.job().status() == JobStatus.SUCCEEDED);
      assertThat(results)
          .extracting(result -> result.job().requireFineTunedModel().provider())
          .containsExactly(
              OpenAiProvider.ID,
              AzureProvider.ID,
              HuggingFaceProvider.ID,
              HuggingFaceProvider.ID,
              LocalProvider.ID);
      assertThat(results).allMatch(result -> !result.metrics().isEmpty());
      assertThat(hub.jobsCreated()).isEqualTo(1);
      assertThat(onJobs.outputFolder(results.get(2).job().requireFineTunedModel()))
          .isDirectoryContaining("glob:**/adapter_config.json");
      assertThat(withTrl.outputFolder(results.get(3).job().requireFineTunedModel()))
          .isDirectoryContaining("glob:**/adapter_config.json");
      assertThat(embedded.outputFolder(results.get(4).job().requireFineTunedModel()))
          .isDirectoryContaining("glob:**/*.safetensors");
    }
  }

  private MoveFromOpenAiToAzure.Runs elsewhere(String name) {
    return new MoveFromOpenAiToAzure.Runs(
        plan, directory.resolve(name), time, PollingSchedule.standard());
  }

  private MoveFromOpenAiToAzure.Runs here(String name) {
    return new MoveFromOpenAiToAzure.Runs(
        plan, directory.resolve(name), Time.system(), PollingSchedule.local());
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
          .deployer()
          .orElseThrow()
          .deploy(DeploymentSpec.of(base, "base", Capacity.serverless()))
          .await(PollingSchedule.standard());
    }
    return AzureProvider.optionsFromEnvironment(service.environment())
        .tokens(service::issueToken)
        .time(time)
        .baseDeployment(MoveFromOpenAiToAzure.BASE, "base")
        .build();
  }

  private SimulatedHub hub() {
    return SimulatedHub.builder()
        .time(time)
        .token("hf_plan")
        .user("acme")
        .jobs(this::course)
        .start();
  }

  private JobCourse course(JobOrder order) {
    String result = "models/" + order.environment().get("FINETUNE4J_RESULT") + "/";
    return JobCourse.of(Duration.ofMinutes(20))
        .saying(
            "finetune4j-event {\"id\":\"step-1\",\"at\":\"2026-01-01T00:00:00Z\","
                + "\"type\":\"metrics\",\"step\":1,\"values\":{\"loss\":1.5}}")
        .pushing(result + "adapter_model.safetensors", "weights")
        .pushing(
            result + "adapter_config.json",
            "{\"r\":16,\"base_model_name_or_path\":\"" + MoveFromOpenAiToAzure.BASE + "\"}");
  }

  private HuggingFaceProvider onJobs(SimulatedHub hub) {
    return HuggingFaceProvider.onJobs(() -> "hf_plan")
        .servingOn("nvidia-l4-x1")
        .hub(hub.endpoint())
        .endpointsApi(hub.endpointsApi())
        .router(hub.router())
        .cache(directory.resolve("cache"))
        .time(time)
        .build();
  }

  /** Returns TRL in processes of this machine; the training itself and the server are stand-ins. */
  private HuggingFaceProvider withTrl() throws IOException {
    Path python = directory.resolve("python");
    Files.writeString(
        python, "#!/bin/sh\nexec sh '" + SCRIPTS.resolve("stand_in.sh") + "' \"$@\"\n");
    assertThat(python.toFile().setExecutable(true)).isTrue();
    List<String> server =
        List.of("{interpreter}", SCRIPTS.resolve("fake_server.py").toString(), "{port}", "{name}");
    return HuggingFaceProvider.local(directory.resolve("trl-jobs"))
        .base(MoveFromOpenAiToAzure.BASE, directory)
        .interpreter(python)
        .server(ServerOptions.command(server, server))
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
