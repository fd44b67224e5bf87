package dev.finetune4j.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.finetune4j.ModelReference;
import dev.finetune4j.PollingSchedule;
import dev.finetune4j.azure.AzureDeploymentOptions.Sku;
import dev.finetune4j.azure.AzureProvider.ApiSurface;
import dev.finetune4j.azure.AzureProvider.CheckpointCopy;
import dev.finetune4j.deployment.Capacity;
import dev.finetune4j.deployment.Deployment;
import dev.finetune4j.deployment.DeploymentReference;
import dev.finetune4j.deployment.DeploymentSpec;
import dev.finetune4j.error.InvalidRequestException;
import dev.finetune4j.inference.ChatRequest;
import dev.finetune4j.job.JobHandle;
import dev.finetune4j.provider.Deployer;
import dev.finetune4j.providerkit.batch.Batch;
import dev.finetune4j.simulator.RecordedExchange;
import dev.finetune4j.simulator.azure.SimulatedAzure;
import dev.finetune4j.specification.Specification;
import dev.finetune4j.testkit.FakeClock;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.SupervisedTraining;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Checks requests of the provider and responses of the simulator against Azure's published
 * documents.
 */
final class AzureSpecificationTest {
  /** Where the service differs from its documents. */
  private static final List<Predicate<String>> GAPS =
      List.of(
          gap("/fine_tuning/jobs", "status: does not have a value in the enumeration"),
          gap("/fine_tuning/jobs", "hyperparameters"),
          gap("/fine_tuning/jobs", "required property 'metadata' not found"),
          gap("/fine_tuning/jobs", "trainingType: does not have a value in the enumeration"),
          gap("/fine_tuning/jobs", ".error"),
          gap("/files", "required property 'expires_after' not found"),
          gap("/files", "purpose: does not have a value in the enumeration"),
          gap("", "_id: null found"));

  @TempDir Path scratch;

  private final FakeClock time = new FakeClock();
  private final SimulatedAzure service = SimulatedAzure.builder().time(time).start();

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void theNewerFaceFits() throws Exception {
    Specification document = document("azure_v1_reduced.json");
    journey(Simulations.options(service, time));

    assertThat(violations(document, path -> path.startsWith("/openai/v1/"))).isEmpty();
  }

  @Test
  void theDatedApiFitsItsPreviewVersion() throws Exception {
    Specification document = document("azure_authoring_2025-04-01-preview.swagger.json");
    journey(Simulations.options(service, time).apiSurface(ApiSurface.CLASSIC));
    batch(Simulations.options(service, time).apiSurface(ApiSurface.CLASSIC));

    assertThat(violations(document, AzureSpecificationTest::isAuthoring)).isEmpty();
  }

  @Test
  void theDatedApiFitsItsStableVersion() throws Exception {
    Specification document = document("azure_authoring_2024-10-21.swagger.json");
    journey(
        Simulations.options(service, time).apiSurface(ApiSurface.CLASSIC).apiVersion("2024-10-21"));

    assertThat(violations(document, AzureSpecificationTest::isAuthoring)).isEmpty();
  }

  @Test
  void resourceManagerCallsFitItsDocument() throws Exception {
    Specification document = document("azure_arm_deployments.openapi.json");
    journey(Simulations.options(service, time));

    assertThat(
            violations(
                document, path -> path.startsWith("/subscriptions/") && !path.endsWith("-account")))
        .isEmpty();
  }

  private void journey(AzureProvider.Builder options) throws InterruptedException {
    try (AzureProvider provider = options.build()) {
      JobHandle job = provider.submit(Simulations.request());
      job.await(PollingSchedule.standard());
      job.checkpoints();
      provider.results(job.reference());
      provider.findJob(Simulations.request().submissionKey());
      provider.importTrainingFile("data.jsonl", URI.create("https://blob.invalid/data"));
      provider.copyCheckpoint(
          job.reference(),
          job.checkpoints().get(0).id(),
          CheckpointCopy.to("/subscriptions/s/accounts/other", "eastus2"),
          PollingSchedule.standard());
      deployments(provider, job);
      provider.deleteJob(job.reference());
    }
    assertThat(service.requests()).hasSizeGreaterThan(30);
  }

  private void batch(AzureProvider.Builder options) throws InterruptedException {
    ModelReference base = new ModelReference(AzureProvider.ID, Simulations.BASE);
    AzureDeploymentOptions sizes =
        AzureDeploymentOptions.standard().forThroughput(Sku.GLOBAL_BATCH);
    try (AzureProvider provider = options.deployments(sizes).build()) {
      provider
          .deployer()
          .orElseThrow()
          .deploy(DeploymentSpec.of(base, "nightly", new Capacity.Throughput(10)))
          .await(PollingSchedule.standard());
      Map<String, ChatRequest> questions = Map.of("q", ChatRequest.of("Where is order 3?"));
      provider.batches(base).ask("nightly", questions, PollingSchedule.standard());
      provider.batches(base).submit("nightly", questions).forEach(cancelledBy(provider, base));
      assertThat(service.requests())
          .filteredOn(exchange -> exchange.path().startsWith("/openai/batches"))
          .hasSizeGreaterThan(3);
    }
  }

  private static Consumer<Batch> cancelledBy(AzureProvider provider, ModelReference base) {
    return batch -> provider.batches(base).cancel(batch.id());
  }

  private static void deployments(AzureProvider provider, JobHandle job)
      throws InterruptedException {
    Deployer deployer = provider.deployer().orElseThrow();
    DeploymentSpec spec =
        new DeploymentSpec(
            job.refresh().requireFineTunedModel(),
            "bot",
            new Capacity.Throughput(10),
            Map.of("made-by", "a-test"));
    Deployment ready = deployer.deploy(spec).await(PollingSchedule.standard());
    deployer.chatModel(ready).chat(ChatRequest.of("Where is order 3?"));
    provider.resize(new DeploymentReference(AzureProvider.ID, "bot"), 20);
    deployer.operations().list();
    deployer.deployment(ready.reference()).delete();
    try {
      provider.submit(unknownBase());
    } catch (InvalidRequestException expected) {
      // The refusal is intended: its body is checked against the document too.
      assertThat(expected.failure().httpStatus()).hasValue(400);
    }
  }

  private static FineTuningRequest unknownBase() {
    return FineTuningRequest.builder(
            "gpt-nothing", SupervisedTraining.withDefaults(), Simulations.examples())
        .build();
  }

  private List<String> violations(Specification document, Predicate<String> paths) {
    List<String> violations = new ArrayList<>();
    int held = 0;
    for (RecordedExchange exchange : service.requests()) {
      if (paths.test(exchange.path())) {
        held++;
        document.violations(Exchanges.of(exchange)).stream()
            .filter(violation -> GAPS.stream().noneMatch(gap -> gap.test(violation)))
            .forEach(violations::add);
      }
    }
    assertThat(held).as("exchanges checked against the document").isGreaterThan(5);
    return violations.stream().distinct().toList();
  }

  private static boolean isAuthoring(String path) {
    return path.startsWith("/openai/")
        && !path.startsWith("/openai/v1/")
        && !path.startsWith("/openai/deployments/");
  }

  private static Predicate<String> gap(String path, String message) {
    return violation -> violation.contains(path) && violation.contains(message);
  }

  private Specification document(String name) throws Exception {
    Optional<Specification> found = AzureDocuments.find(name, scratch);
    assumeTrue(found.isPresent(), "the folder shared/specs/azure is not beside the repository");
    return found.orElseThrow();
  }
}
