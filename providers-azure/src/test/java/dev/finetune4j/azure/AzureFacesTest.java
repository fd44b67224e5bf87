package dev.finetune4j.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.PollingSchedule;
import dev.finetune4j.azure.AzureOptions.Face;
import dev.finetune4j.azure.AzureOptions.TrainingType;
import dev.finetune4j.azure.AzureProvider.CheckpointCopy;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.deployment.Capacity;
import dev.finetune4j.deployment.Deployment;
import dev.finetune4j.deployment.DeploymentSpec;
import dev.finetune4j.error.InvalidRequestException;
import dev.finetune4j.grading.spec.GraderSpec;
import dev.finetune4j.grading.spec.StringOperation;
import dev.finetune4j.inference.ChatRequest;
import dev.finetune4j.job.Checkpoint;
import dev.finetune4j.job.FineTuningJob;
import dev.finetune4j.job.JobHandle;
import dev.finetune4j.job.JobStatus;
import dev.finetune4j.provider.Capability;
import dev.finetune4j.providerkit.file.StoredFile;
import dev.finetune4j.simulator.RecordedExchange;
import dev.finetune4j.simulator.azure.SimulatedAzure;
import dev.finetune4j.testkit.FakeClock;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.Hyperparameters;
import dev.finetune4j.training.ReinforcementTraining;
import dev.finetune4j.training.SupervisedTraining;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The same training through both data plane APIs, and what only one of them supports. */
final class AzureFacesTest {
  private final FakeClock time = new FakeClock();
  private final SimulatedAzure service = SimulatedAzure.builder().time(time).mostFiles(2).start();

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void theV1ApiTrainsDeploysAndAnswers() throws Exception {
    assertThat(journey(options -> options)).isEqualTo("Order 3 is on its way.");

    assertThat(paths()).anyMatch("/openai/v1/fine_tuning/jobs"::equals);
    assertThat(paths()).anyMatch("/openai/v1/chat/completions"::equals);
  }

  @Test
  void theDatedApiTrainsDeploysAndAnswers() throws Exception {
    assertThat(journey(options -> options.face(Face.CLASSIC))).isEqualTo("Order 3 is on its way.");

    assertThat(paths()).noneMatch(path -> path.startsWith("/openai/v1"));
    assertThat(paths()).anyMatch("/openai/deployments/bot/chat/completions"::equals);
    assertThat(body("/openai/fine_tuning/jobs"))
        .contains("\"trainingType\":\"GlobalStandard\"")
        .contains("\"method\"");
  }

  @Test
  void theOldestVersionGetsNoMethodAndOnlyNumbers() throws Exception {
    String answer = journey(options -> options.face(Face.CLASSIC).apiVersion("2024-10-21"));

    assertThat(answer).isEqualTo("Order 3 is on its way.");
    assertThat(body("/openai/fine_tuning/jobs"))
        .contains("\"hyperparameters\":{\"n_epochs\":3}")
        .doesNotContain("\"method\"")
        .doesNotContain("auto");
  }

  @Test
  void capabilitiesDependOnTheVersion() {
    try (AzureProvider oldest =
            Simulations.options(service, time).face(Face.CLASSIC).apiVersion("2024-10-21").build();
        AzureProvider newer = Simulations.options(service, time).build()) {
      assertThat(oldest.capabilities())
          .doesNotContain(Capability.PREFERENCE_TRAINING, Capability.PAUSE_JOB);
      assertThat(newer.capabilities())
          .contains(Capability.PREFERENCE_TRAINING, Capability.PAUSE_JOB, Capability.DEPLOYMENT);
    }
  }

  @Test
  void aProjectKeepsItsPathAndItsScope() throws Exception {
    AzureOptions project =
        AzureProvider.builder(service.projectEndpoint().toString())
            .tokens(service::issueToken)
            .scopes("https://ai.azure.com/.default", "https://management.azure.com/.default")
            .time(time);
    try (AzureProvider provider = project.build()) {
      FineTuningJob job = provider.submit(Simulations.request()).await(PollingSchedule.standard());

      assertThat(job.status()).isEqualTo(JobStatus.SUCCEEDED);
      assertThat(paths())
          .anyMatch("/api/projects/simulated-project/openai/v1/fine_tuning/jobs"::equals);
      provider.deleteJob(job.reference());
      assertThat(paths()).anyMatch(path -> path.startsWith("/openai/fine_tuning/jobs/"));
    }
  }

  @Test
  void aGatewayKeepsItsPath() {
    AzureEndpoint gateway = AzureEndpoint.of("https://corp.azure-api.net/team/openai/");

    assertThat(gateway.v1("")).hasToString("https://corp.azure-api.net/team/openai/v1");
    assertThat(gateway.deployment("a b", "2024-10-21"))
        .hasToString(
            "https://corp.azure-api.net/team/openai/deployments/a%20b?api-version=2024-10-21");
  }

  @Test
  void theSuffixContainsTheSubmissionKeyAndTheCallersSuffix() {
    try (AzureProvider provider = Simulations.options(service, time).build()) {
      FineTuningRequest request =
          FineTuningRequest.builder(
                  Simulations.BASE, SupervisedTraining.withDefaults(), Simulations.examples())
              .suffix("support-bot-of-the-north")
              .build();

      JobHandle job = provider.submit(request);
      JobHandle again = provider.submit(request);

      assertThat(again.reference()).isEqualTo(job.reference());
      assertThat(provider.findJob(request.submissionKey())).contains(job.reference());
      assertThat(body("/openai/v1/fine_tuning/jobs"))
          .contains("\"suffix\":\"support-bot-of_" + request.submissionKey() + "\"");
      assertThat(service.jobsCreated()).isEqualTo(1);
    }
  }

  @Test
  void reinforcementWithoutValidationDataIsRefusedBeforeAnyRequest() {
    Dataset<PromptExample> prompts =
        Dataset.of(
            "prompts",
            PromptExample.class,
            Simulations.examples().examples().map(PromptExample::from).toList());
    GraderSpec exact =
        new GraderSpec.StringCheck(
            "exact", "{{sample.output_text}}", "{{item.answer}}", StringOperation.EQUAL);
    FineTuningRequest request =
        FineTuningRequest.builder(
                "o4-mini-2025-04-16", ReinforcementTraining.towards(exact), prompts)
            .build();
    try (AzureProvider provider = Simulations.options(service, time).build()) {
      assertThatThrownBy(() -> provider.submit(request))
          .isInstanceOf(InvalidRequestException.class)
          .hasMessageContaining("Reinforcement training requires validation data");
      assertThat(service.requests()).isEmpty();
    }
  }

  @Test
  void trainingCanBeLimitedToTheRegion() {
    try (AzureProvider provider =
        Simulations.options(service, time).trainingType(TrainingType.STANDARD).build()) {
      String json = provider.submit(Simulations.request()).refresh().providerJson().orElseThrow();

      assertThat(json).contains("\"trainingType\":\"Standard\"");
    }
  }

  @Test
  void aFullFileQuotaIsExplainedWithAdvice() {
    AzureOptions keeping = Simulations.options(service, time);
    try (AzureProvider provider = keeping.build()) {
      provider.submit(request("one"));
      provider.submit(request("two"));

      assertThatThrownBy(() -> provider.submit(request("three")))
          .isInstanceOf(InvalidRequestException.class)
          .hasMessageContaining("quotaExceeded")
          .hasMessageContaining("Set a fileExpiry of 14 to 30 days");
    }
  }

  @Test
  void filesCanBeImportedByUrl() throws Exception {
    try (AzureProvider provider = Simulations.options(service, time).build()) {
      String id =
          provider
              .importTrainingFile("data.jsonl", URI.create("https://blob.invalid/data?sig=x"))
              .id();

      assertThat(provider.files().fetch(id).statusWord()).isEqualTo("pending");
      assertThat(provider.files().awaitProcessed(id, PollingSchedule.standard()).statusWord())
          .isEqualTo("processed");
    }
  }

  @Test
  void largeFilesAreSentInPartsByTheDatedApi() throws Exception {
    try (AzureProvider provider =
        Simulations.options(service, time).largestWholeFile(1_000).build()) {
      FineTuningJob job = provider.submit(Simulations.request()).await(PollingSchedule.standard());

      assertThat(job.status()).isEqualTo(JobStatus.SUCCEEDED);
      assertThat(service.filesUploaded()).isEqualTo(1);
      assertThat(paths()).anyMatch(path -> path.matches("/openai/uploads/[^/]+/complete"));
      assertThat(paths()).noneMatch(path -> path.startsWith("/openai/v1/uploads"));
    }
  }

  @Test
  void expiringFilesDoNotCountAndMayStartWithAByteOrderMark() {
    AzureOptions expiring =
        Simulations.options(service, time).fileExpiry(Duration.ofDays(14)).withByteOrderMark();
    try (AzureProvider provider = expiring.build()) {
      provider.submit(request("one"));
      provider.submit(request("three"));
      provider.submit(request("sixteen"));

      List<StoredFile> stored = provider.files().list("fine-tune").toList();
      assertThat(stored).hasSize(3).allMatch(file -> file.expiresAt().isPresent());
      assertThat(provider.files().content(stored.get(0).id(), 10_000)).startsWith("\uFEFF{");
    }
  }

  @Test
  void aCheckpointIsCopiedToAnotherRegion() throws Exception {
    try (AzureProvider provider = Simulations.options(service, time).build()) {
      JobHandle job = provider.submit(Simulations.request());
      job.await(PollingSchedule.standard());
      Checkpoint checkpoint = job.checkpoints().get(0);

      CheckpointCopy copy =
          provider.copyCheckpoint(
              job.reference(),
              checkpoint.id(),
              CheckpointCopy.to("/subscriptions/s/accounts/other", "eastus2"),
              PollingSchedule.standard());

      assertThat(copy.status()).isEqualTo("Completed");
      assertThat(copy.model()).isEqualTo(checkpoint.model().orElseThrow());
      assertThat(provider.results(job.reference())).isNotEmpty();
    }
  }

  @Test
  void aProviderCanBeConfiguredByTheEnvironment() throws Exception {
    try (AzureProvider provider = AzureProvider.fromEnvironment(service.environment())) {
      assertThat(provider.capabilities()).contains(Capability.DEPLOYMENT);
      assertThat(provider.deployer().orElseThrow().operations().list()).isEmpty();
    }
    assertThatThrownBy(() -> AzureProvider.fromEnvironment(Map.of()))
        .hasMessage(
            "The environment variable AZURE_OPENAI_ENDPOINT is not set. Set it, for example, to"
                + " https://name.openai.azure.com");
  }

  private String journey(UnaryOperator<AzureOptions> settings) throws InterruptedException {
    AzureOptions options = Simulations.options(service, time).apiKey(service.apiKey());
    try (AzureProvider provider = settings.apply(options).build()) {
      FineTuningRequest request =
          FineTuningRequest.builder(
                  Simulations.BASE,
                  SupervisedTraining.withDefaults()
                      .withHyperparameters(Hyperparameters.builder().epochs(3).build()),
                  Simulations.examples())
              .build();
      FineTuningJob job = provider.submit(request).await(PollingSchedule.standard());
      DeploymentSpec spec =
          DeploymentSpec.of(job.requireFineTunedModel(), "bot", Capacity.serverless());
      Deployment ready =
          provider.deployer().orElseThrow().deploy(spec).await(PollingSchedule.standard());
      String answer =
          provider
              .deployer()
              .orElseThrow()
              .chatModel(ready)
              .chat(ChatRequest.of("Where is order 3?"))
              .text();
      provider.deployer().orElseThrow().deployment(ready.reference()).delete();
      time.advance(Duration.ofMinutes(1));
      assertThat(service.deploymentNames()).isEmpty();
      return answer;
    }
  }

  private static FineTuningRequest request(String name) {
    List<ChatExample> examples =
        Simulations.examples().examples().limit(name.length() + 7).toList();
    return FineTuningRequest.builder(
            Simulations.BASE,
            SupervisedTraining.withDefaults(),
            Dataset.of(name, ChatExample.class, examples))
        .build();
  }

  private List<String> paths() {
    return service.requests().stream().map(RecordedExchange::path).toList();
  }

  private String body(String path) {
    return service.requests().stream()
        .filter(exchange -> exchange.method().equals("POST") && exchange.path().equals(path))
        .map(RecordedExchange::requestBody)
        .findFirst()
        .orElseThrow();
  }
}
