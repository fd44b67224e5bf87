package dev.finetune4j.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.ModelReference;
import dev.finetune4j.PollingSchedule;
import dev.finetune4j.azure.AzureDeploymentOptions.Sku;
import dev.finetune4j.cost.Money;
import dev.finetune4j.deployment.Capacity;
import dev.finetune4j.deployment.Deployment;
import dev.finetune4j.deployment.DeploymentFailedException;
import dev.finetune4j.deployment.DeploymentHandle;
import dev.finetune4j.deployment.DeploymentReference;
import dev.finetune4j.deployment.DeploymentSpec;
import dev.finetune4j.deployment.DeploymentStatus;
import dev.finetune4j.deployment.Deployments;
import dev.finetune4j.deployment.InMemoryLeaseRegistry;
import dev.finetune4j.deployment.Lease;
import dev.finetune4j.deployment.LeaseRegistry;
import dev.finetune4j.deployment.LeaseTerms;
import dev.finetune4j.error.InvalidRequestException;
import dev.finetune4j.error.PermissionException;
import dev.finetune4j.error.UnsupportedCapabilityException;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.inference.ChatRequest;
import dev.finetune4j.inference.ChatResponse;
import dev.finetune4j.inference.FinishReason;
import dev.finetune4j.job.Checkpoint;
import dev.finetune4j.job.JobHandle;
import dev.finetune4j.provider.Deployer;
import dev.finetune4j.simulator.azure.SimulatedAzure;
import dev.finetune4j.testkit.FakeClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Deployments over the resource manager and the data plane of a simulated service. */
final class AzureDeploymentsTest {
  private static final ModelReference MODEL =
      new ModelReference(AzureProvider.ID, Simulations.BASE);
  private static final Capacity TEN = new Capacity.Throughput(10);

  private final FakeClock time = new FakeClock();
  private final SimulatedAzure service =
      SimulatedAzure.builder()
          .time(time)
          .quota("Standard", 30)
          .filtering(text -> text.contains("forbidden"))
          .answering(question -> "an answer")
          .start();
  private final AzureProvider provider = Simulations.options(service, time).build();
  private final Deployer deployer = provider.deployer().orElseThrow();

  @AfterEach
  void stop() {
    provider.close();
    service.close();
  }

  @Test
  void aDeploymentIsReadyOnlyOnceItHasAnswered() throws Exception {
    DeploymentHandle handle = deployer.deploy(DeploymentSpec.of(MODEL, "bot", TEN));
    time.advance(Duration.ofSeconds(31));

    Deployment early = handle.refresh();
    Deployment ready = handle.await(PollingSchedule.standard());

    assertThat(early.status()).isEqualTo(DeploymentStatus.CREATING);
    assertThat(early.providerStatus()).isEqualTo("Succeeded");
    assertThat(early.endpoint()).isEmpty();
    assertThat(ready.status()).isEqualTo(DeploymentStatus.READY);
    assertThat(ready.model()).isEqualTo(MODEL);
    assertThat(deployer.chatModel(ready).chat(ChatRequest.of("Hello")).text())
        .isEqualTo("an answer");
  }

  @Test
  void aReadyDeploymentIsNotProbedAgain() throws Exception {
    DeploymentHandle handle = ready("bot", TEN);
    long questions = questions();

    handle.refresh();
    handle.refresh();

    assertThat(questions()).isEqualTo(questions);
  }

  @Test
  void aNameIsDeployedOnceAndNotReusedForAnotherModel() throws Exception {
    ready("bot", TEN);
    deployer.deploy(DeploymentSpec.of(MODEL, "bot", TEN));

    assertThat(service.deploymentsCreated()).isEqualTo(1);
    ModelReference other = new ModelReference(AzureProvider.ID, "gpt-4o-2024-08-06");
    assertThatThrownBy(() -> deployer.deploy(DeploymentSpec.of(other, "bot", TEN)))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("azure:bot serves azure:" + Simulations.BASE);
  }

  @Test
  void capacityAboveTheQuotaIsRefusedBeforeTheRequest() {
    assertThatThrownBy(
            () -> deployer.deploy(DeploymentSpec.of(MODEL, "big", new Capacity.Throughput(31))))
        .isInstanceOf(PermissionException.class)
        .hasMessageContaining("requests a capacity of 31 Standard, but only 30 are left");
    assertThat(service.requests()).noneMatch(exchange -> exchange.method().equals("PUT"));
  }

  @Test
  void conflictsWithOtherOperationsAreRetried() throws Exception {
    deployer.deploy(DeploymentSpec.of(MODEL, "first", TEN));

    ready("second", TEN);

    assertThat(service.deploymentNames()).containsExactly("first", "second");
    assertThat(service.requests()).anyMatch(exchange -> exchange.status() == 409);
  }

  @Test
  void capacityOfOneAnswersOneQuestionPerMinute() throws Exception {
    DeploymentHandle handle = ready("slow", new Capacity.Throughput(1));
    ChatModel model = deployer.chatModel(handle.refresh());
    time.advance(Duration.ofMinutes(2));
    Duration before = time.slept();

    model.chat(ChatRequest.of("one"));
    model.chat(ChatRequest.of("two"));

    assertThat(time.slept().minus(before))
        .isBetween(Duration.ofSeconds(55), Duration.ofSeconds(65));
  }

  @Test
  void developerTierDeploymentsAreFreeAndDeletedAfterADay() throws Exception {
    DeploymentSpec spec = DeploymentSpec.of(tuned(), "trial", Capacity.serverless());
    DeploymentHandle handle = deployer.deploy(spec);
    Deployment standing = handle.await(PollingSchedule.standard());

    time.advance(Duration.ofHours(24));

    assertThat(standing.pricePerHour()).contains(Money.dollars("0"));
    assertThat(handle.refresh().status()).isEqualTo(DeploymentStatus.DELETED);
  }

  @Test
  void checkpointsAreDeployedByTheirId() throws Exception {
    JobHandle job = provider.submit(Simulations.request());
    job.await(PollingSchedule.standard());
    Checkpoint first = job.checkpoints().get(0);
    ModelReference model = new ModelReference(AzureProvider.ID, first.id());

    Deployment ready =
        deployer.deploy(DeploymentSpec.of(model, "early", TEN)).await(PollingSchedule.standard());

    assertThat(ready.status()).isEqualTo(DeploymentStatus.READY);
    assertThat(ready.model()).isEqualTo(model);
  }

  @Test
  void tunedDeploymentsAreBilledByTheHourAndDeletedAfterFifteenIdleDays() throws Exception {
    DeploymentHandle handle = deployer.deploy(DeploymentSpec.of(tuned(), "tuned", TEN));
    Deployment ready = handle.await(PollingSchedule.standard());

    time.advance(Duration.ofDays(14));
    deployer.chatModel(ready).chat(ChatRequest.of("still there?"));
    time.advance(Duration.ofDays(14));
    DeploymentStatus afterAQuestion = handle.refresh().status();
    time.advance(Duration.ofDays(2));

    assertThat(ready.pricePerHour()).contains(Money.dollars("1.7"));
    assertThat(afterAQuestion).isEqualTo(DeploymentStatus.READY);
    assertThat(handle.refresh().status()).isEqualTo(DeploymentStatus.DELETED);
  }

  @Test
  void aFilteredPromptIsReportedByItsFinishReason() throws Exception {
    ChatModel model = deployer.chatModel(ready("bot", TEN).refresh());

    ChatResponse answer = model.chat(ChatRequest.of("something forbidden"));

    assertThat(answer.finishReason()).isEqualTo(FinishReason.CONTENT_FILTER);
    assertThat(answer.text()).isEmpty();
  }

  @Test
  void deploymentsOfAllPagesAreListedWithTheirLabels() throws Exception {
    for (int i = 0; i < 7; i++) {
      DeploymentSpec spec =
          new DeploymentSpec(MODEL, "many-" + i, new Capacity.Throughput(1), Map.of("n", "" + i));
      deployer.deploy(spec).await(PollingSchedule.standard());
    }

    List<Deployment> all = deployer.operations().list();

    assertThat(all).hasSize(7);
    assertThat(all.get(6).labels()).isEqualTo(Map.of("n", "6"));
  }

  @Test
  void aDeploymentWhoseLeaseIsLostIsAnOrphan() throws Exception {
    LeaseRegistry lost = new InMemoryLeaseRegistry(time);
    DeploymentSpec spec = DeploymentSpec.of(MODEL, "orphan", TEN);
    Lease lease = lost.reserve(spec, LeaseTerms.of("run-1", Duration.ofHours(1)));
    deployer.deploy(lease.labelled(spec)).await(PollingSchedule.standard());
    ready("of-others", TEN);

    List<Deployment> orphans =
        Deployments.orphans(deployer.operations(), new InMemoryLeaseRegistry(time));

    assertThat(Stream.of("orphan"))
        .containsExactlyElementsOf(orphans.stream().map(each -> each.reference().id()).toList());
  }

  @Test
  void capacityCanBeChanged() throws Exception {
    ready("bot", TEN);

    provider.resize(new DeploymentReference(AzureProvider.ID, "bot"), 20);

    assertThatThrownBy(
            () -> deployer.deploy(DeploymentSpec.of(MODEL, "b2", new Capacity.Throughput(11))))
        .hasMessageContaining("10 are left");
  }

  @Test
  void aWrongAccountIsNotMistakenForADeletedDeployment() {
    try (AzureProvider lost =
        Simulations.options(service, time).account("none", "none", "none").build()) {
      Deployer elsewhere = lost.deployer().orElseThrow();
      DeploymentReference any = new DeploymentReference(AzureProvider.ID, "bot");

      assertThatThrownBy(() -> elsewhere.deployment(any).refresh())
          .isInstanceOf(InvalidRequestException.class)
          .hasMessageContaining("The account does not exist");
      assertThatThrownBy(() -> elsewhere.deployment(any).delete())
          .isInstanceOf(InvalidRequestException.class);
    }
  }

  @Test
  void waitingEndsIfTheDataPlaneRefusesTheCaller() throws Exception {
    try (AzureProvider keyless = Simulations.options(service, time).apiKey("wrong").build()) {
      DeploymentHandle handle =
          keyless.deployer().orElseThrow().deploy(DeploymentSpec.of(MODEL, "bot", TEN));

      assertThatThrownBy(() -> handle.await(PollingSchedule.standard()))
          .isInstanceOf(DeploymentFailedException.class)
          .hasMessageContaining("does not let this caller ask");
      handle.delete();
      assertThat(service.deploymentNames()).isEmpty();
    }
  }

  @Test
  void hardwareAndMisspelledFormatsAreRefusedBeforeAnyRequest() {
    Capacity machine = new Capacity.Hardware("a100", 1, 1);

    assertThatThrownBy(() -> deployer.deploy(DeploymentSpec.of(MODEL, "bot", machine)))
        .isInstanceOf(UnsupportedCapabilityException.class);
    assertThatThrownBy(() -> AzureDeploymentOptions.standard().withModelFormat("openai"))
        .hasMessage("Unknown model format \"openai\"; Azure spells it \"OpenAI\".");
    assertThat(service.requests()).isEmpty();
  }

  @Test
  void theSkuCanBeChosen() throws Exception {
    AzureDeploymentOptions global =
        AzureDeploymentOptions.standard().forThroughput(Sku.GLOBAL_STANDARD);
    try (AzureProvider other = Simulations.options(service, time).deployments(global).build()) {
      other.deployer().orElseThrow().deploy(DeploymentSpec.of(MODEL, "bot", TEN));
    }

    assertThat(service.requests())
        .filteredOn(exchange -> exchange.method().equals("PUT"))
        .singleElement()
        .satisfies(put -> assertThat(put.requestBody()).contains("\"name\":\"GlobalStandard\""));
  }

  @Test
  void batchDeploymentsAreReadyWithoutAnswering() throws Exception {
    AzureDeploymentOptions batch =
        AzureDeploymentOptions.standard().forThroughput(Sku.GLOBAL_BATCH);
    try (AzureProvider other = Simulations.options(service, time).deployments(batch).build()) {
      Deployment ready =
          other
              .deployer()
              .orElseThrow()
              .deploy(DeploymentSpec.of(MODEL, "nightly", TEN))
              .await(PollingSchedule.standard());

      assertThat(ready.status()).isEqualTo(DeploymentStatus.READY);
      assertThat(questions()).isZero();
    }
  }

  private ModelReference tuned() throws InterruptedException {
    return provider
        .submit(Simulations.request())
        .await(PollingSchedule.standard())
        .requireFineTunedModel();
  }

  private DeploymentHandle ready(String name, Capacity capacity) throws InterruptedException {
    DeploymentHandle handle = deployer.deploy(DeploymentSpec.of(MODEL, name, capacity));
    handle.await(PollingSchedule.standard());
    return handle;
  }

  private long questions() {
    return service.requests().stream()
        .filter(exchange -> exchange.path().endsWith("/chat/completions"))
        .count();
  }
}
