package dev.finetune4j.huggingface.internal.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.finetune4j.ModelReference;
import dev.finetune4j.PollingSchedule;
import dev.finetune4j.cost.Money;
import dev.finetune4j.deployment.Capacity;
import dev.finetune4j.deployment.Deployment;
import dev.finetune4j.deployment.DeploymentFailedException;
import dev.finetune4j.deployment.DeploymentHandle;
import dev.finetune4j.deployment.DeploymentSpec;
import dev.finetune4j.deployment.DeploymentStatus;
import dev.finetune4j.deployment.InMemoryLeaseRegistry;
import dev.finetune4j.deployment.Lease;
import dev.finetune4j.deployment.LeaseRegistry;
import dev.finetune4j.deployment.LeaseSweeper;
import dev.finetune4j.deployment.LeaseTerms;
import dev.finetune4j.deployment.SweepResult;
import dev.finetune4j.error.InvalidRequestException;
import dev.finetune4j.error.UnsupportedCapabilityException;
import dev.finetune4j.huggingface.hub.HuggingFaceHub;
import dev.finetune4j.huggingface.hub.RepositoryId;
import dev.finetune4j.huggingface.internal.job.JobsApi;
import dev.finetune4j.inference.ChatRequest;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.simulator.Fault;
import dev.finetune4j.simulator.RecordedExchange;
import dev.finetune4j.simulator.SimulatedResponse;
import dev.finetune4j.simulator.StoredContent;
import dev.finetune4j.simulator.huggingface.SimulatedHub;
import dev.finetune4j.testkit.FakeClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServingDeployerTest {
  private static final String CREATE = "POST /api/jobs/{}";
  private static final String LIST = "GET /api/jobs/{}";
  private static final Capacity MACHINE = new Capacity.Hardware("a10g-large", 1, 1);

  @TempDir Path folder;

  private final FakeClock time = new FakeClock();
  private final SimulatedHub simulated = SimulatedHub.builder().time(time).user("user").start();
  private HuggingFaceHub hub;
  private ServingDeployer deployer;

  @BeforeEach
  void connect() {
    hub =
        HuggingFaceHub.builder()
            .endpoint(simulated.endpoint())
            .token(simulated.token())
            .cache(folder)
            .time(time)
            .build();
    ServingSettings settings = ServingSettings.of(null, Duration.ofHours(1), simulated::token);
    deployer = new ServingDeployer(hub, new JobsApi(hub, null), settings);
    simulated.putFile(
        "models/user/my-adapter",
        "main",
        "adapter_config.json",
        "{\"base_model_name_or_path\":\"Qwen/Qwen3-0.6B\",\"r\":64}"
            .getBytes(StandardCharsets.UTF_8));
    simulated.putFile(
        "models/user/whole", "main", "config.json", "{}".getBytes(StandardCharsets.UTF_8));
  }

  @AfterEach
  void stop() {
    deployer.close();
    hub.close();
    simulated.close();
  }

  private static DeploymentSpec spec(String model, String name) {
    return DeploymentSpec.of(new ModelReference(HuggingFaceHub.HUGGING_FACE, model), name, MACHINE);
  }

  private JsonObject order() {
    return Json.parseObject(
        simulated.requests().stream()
            .filter(exchange -> exchange.method().equals("POST"))
            .filter(exchange -> exchange.path().equals("/api/jobs/user"))
            .reduce((first, second) -> second)
            .map(RecordedExchange::requestBody)
            .orElseThrow());
  }

  @Test
  void adaptersAreServedFromJobsWithNameAndPrice() throws Exception {
    DeploymentHandle handle = deployer.deploy(spec("user/my-adapter", "adapter"));

    Deployment ready = handle.await(PollingSchedule.standard());
    String answer = deployer.chatModel(ready).chat(ChatRequest.of("Who?")).text();

    assertThat(answer).isEqualTo("It is user/my-adapter.");
    assertThat(ready.pricePerHour()).contains(Money.dollars("1.51"));
    assertThat(order().requireLong("timeoutSeconds")).isEqualTo(3600);
    assertThat(order().requireObject("labels").requireString("finetune4j-deployment"))
        .isEqualTo("adapter");
  }

  @Test
  void requestsFollowTheServicesGuide() throws IOException {
    Path fixture = Path.of("../../shared/fixtures/huggingface/jobs/serve_vllm_lora.request.json");
    Assumptions.assumeTrue(Files.exists(fixture), "The sample bodies are not here: " + fixture);
    JsonObject expected = Json.parseObject(Files.readString(fixture));

    deployer.deploy(spec("user/my-adapter", "adapter"));

    JsonObject order = order();
    assertThat(order.asMap().keySet()).containsAll(expected.asMap().keySet()).contains("labels");
    assertThat(order.list("command"))
        .containsSubsequence(
            "vllm", "serve", "Qwen/Qwen3-0.6B", "--host", "0.0.0.0", "--port", "8000")
        .containsSubsequence("--enable-lora", "--max-lora-rank", "64", "--lora-modules")
        .endsWith("user/my-adapter=/adapter");
    assertThat(order.requireObject("expose").asMap())
        .isEqualTo(expected.requireObject("expose").asMap());
    assertThat(order.requireString("dockerImage")).isEqualTo(expected.requireString("dockerImage"));
    JsonObject volume = order.objects("volumes").get(0);
    assertThat(volume.asMap())
        .containsAllEntriesOf(expected.objects("volumes").get(0).asMap())
        .containsKey("revision");
  }

  @Test
  void completeModelsAreServedAtTheirCommit() throws Exception {
    Deployment ready =
        deployer.deploy(spec("user/whole", "whole")).await(PollingSchedule.standard());

    String commit = hub.repository(RepositoryId.model("user/whole")).commitOf("main");
    assertThat(ready.status()).isEqualTo(DeploymentStatus.READY);
    assertThat(order().list("command"))
        .containsSubsequence("user/whole", "--revision", commit)
        .endsWith("--served-model-name", "user/whole");
    assertThat(order().has("volumes")).isFalse();
  }

  @Test
  void aServerThatListsOnlyTheBaseIsNeverCalled() {
    simulated
        .faults()
        .next(
            "GET /exposed/{}/v1/models",
            1000,
            Fault.changed(
                json ->
                    json.put(
                        "data", List.of(JsonObject.empty().put("id", "Qwen/Qwen3-0.6B").asMap()))));
    DeploymentHandle handle = deployer.deploy(spec("user/my-adapter", "adapter"));

    DeploymentFailedException failed =
        catchThrowableOfType(
            DeploymentFailedException.class, () -> handle.await(PollingSchedule.standard()));

    assertThat(failed)
        .hasMessageContaining("The server lists [Qwen/Qwen3-0.6B], not \"user/my-adapter\".");
  }

  @Test
  void oneNameMakesOneJobEvenIfTheResponseWasLost() {
    simulated.faults().next(CREATE, Fault.lostAnswer());

    Deployment first = deployer.operations().create(spec("user/my-adapter", "adapter"));
    Deployment second = deployer.operations().create(spec("user/my-adapter", "adapter"));

    assertThat(first.reference()).isEqualTo(second.reference());
    assertThat(simulated.jobsCreated()).isEqualTo(1);
    assertThat(deployer.operations().list()).hasSize(1);
    assertThat(
            catchThrowableOfType(
                InvalidRequestException.class,
                () -> deployer.deploy(spec("user/whole", "adapter"))))
        .hasMessageContaining("Job adapter already serves another model");
  }

  @Test
  void theLaterOfTwoConcurrentJobsIsCancelled() {
    JsonObject rival =
        JsonObject.empty()
            .put("id", "0")
            .put("createdAt", time.now().minusSeconds(1).toString())
            .put("flavor", "a10g-large")
            .put("environment", JsonObject.empty().put(ServingOrder.MODEL, "user/whole"))
            .put("status", JsonObject.empty().put("stage", "SCHEDULING"));
    simulated.faults().next(LIST, Fault.answer(listed(List.of())));
    simulated.faults().next(LIST, Fault.answer(listed(List.of(rival.asMap()))));

    assertThat(
            catchThrowableOfType(
                InvalidRequestException.class,
                () -> deployer.deploy(spec("user/my-adapter", "adapter"))))
        .hasMessageContaining("Job adapter already serves another model");
    assertThat(simulated.jobsCreated()).isEqualTo(1);
    assertThat(deployer.operations().list()).isEmpty();
  }

  @Test
  void jobsOnDiscontinuedMachinesAreListedWithoutAPrice() {
    deployer.operations().create(spec("user/my-adapter", "adapter"));
    try (ServingDeployer later =
        new ServingDeployer(
            hub,
            new JobsApi(hub, null),
            ServingSettings.of(null, Duration.ofHours(1), simulated::token))) {
      simulated.faults().next("GET /api/jobs/hardware", Fault.answer(listed(List.of())));

      List<Deployment> standing = later.operations().list();

      assertThat(standing).hasSize(1);
      assertThat(standing.get(0).pricePerHour()).isEmpty();
    }
  }

  private static SimulatedResponse listed(List<?> jobs) {
    return SimulatedResponse.content(200, "application/json", StoredContent.of(Json.write(jobs)));
  }

  @Test
  void anExpiredLeaseCancelsTheJob() throws Exception {
    LeaseRegistry registry = new InMemoryLeaseRegistry(time);
    LeaseSweeper sweeper =
        new LeaseSweeper(
            registry, Map.of(HuggingFaceHub.HUGGING_FACE, deployer.operations()), time);
    DeploymentSpec spec = spec("user/my-adapter", "adapter");
    Lease lease =
        registry.reserve(
            spec,
            new LeaseTerms("run", Duration.ofMinutes(20), Optional.of(Money.dollars("1.51"))));
    DeploymentHandle handle = deployer.deploy(lease.labelled(spec));
    registry.confirm(lease, handle.reference());
    handle.await(PollingSchedule.standard());

    time.advance(Duration.ofMinutes(30));
    List<SweepResult> swept = sweeper.sweep();

    assertThat(swept).extracting(SweepResult::outcome).containsExactly(SweepResult.Outcome.GONE);
    assertThat(handle.refresh().status()).isEqualTo(DeploymentStatus.DELETED);
    assertThat(handle.refresh().providerStatus()).isEqualTo("CANCELED");
    assertThat(registry.leases()).isEmpty();
  }

  @Test
  void theServiceEndsJobsAtTheirTimeLimit() {
    DeploymentHandle handle = deployer.deploy(spec("user/my-adapter", "adapter"));

    time.advance(Duration.ofMinutes(61));

    Deployment over = handle.refresh();
    assertThat(over.status()).isEqualTo(DeploymentStatus.DELETED);
    assertThat(over.failureReason()).contains("Its job has ended: ERROR, Job timeout.");
    assertThat(deployer.operations().list()).isEmpty();
  }

  @Test
  void unsupportedMachinesAreRefusedBeforeAnythingIsBilled() {
    DeploymentSpec several =
        DeploymentSpec.of(
            new ModelReference(HuggingFaceHub.HUGGING_FACE, "user/whole"),
            "whole",
            new Capacity.Hardware("a10g-large", 0, 2));
    DeploymentSpec unknown =
        DeploymentSpec.of(several.model(), "whole", new Capacity.Hardware("nvidia-l4-x1", 1, 1));

    assertThat(
            catchThrowableOfType(
                UnsupportedCapabilityException.class, () -> deployer.deploy(several)))
        .isNotNull();
    assertThat(catchThrowableOfType(InvalidRequestException.class, () -> deployer.deploy(unknown)))
        .hasMessageContaining(
            "Unknown machine \"nvidia-l4-x1\"; available are [cpu-basic, t4-small, a10g-large].");
    assertThat(simulated.jobsCreated()).isZero();
  }
}
