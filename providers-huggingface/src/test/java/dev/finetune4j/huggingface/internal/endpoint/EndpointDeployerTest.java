package dev.finetune4j.huggingface.internal.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.finetune4j.ModelReference;
import dev.finetune4j.PollingSchedule;
import dev.finetune4j.deployment.Capacity;
import dev.finetune4j.deployment.Deployment;
import dev.finetune4j.deployment.DeploymentFailedException;
import dev.finetune4j.deployment.DeploymentHandle;
import dev.finetune4j.deployment.DeploymentSpec;
import dev.finetune4j.deployment.DeploymentStatus;
import dev.finetune4j.error.InvalidRequestException;
import dev.finetune4j.error.UnsupportedCapabilityException;
import dev.finetune4j.huggingface.hub.HubCommit;
import dev.finetune4j.huggingface.hub.HubRepository;
import dev.finetune4j.huggingface.hub.HuggingFaceHub;
import dev.finetune4j.huggingface.hub.RepositoryId;
import dev.finetune4j.huggingface.hub.Visibility;
import dev.finetune4j.inference.ChatRequest;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.simulator.Fault;
import dev.finetune4j.simulator.RecordedExchange;
import dev.finetune4j.simulator.huggingface.SimulatedHub;
import dev.finetune4j.testkit.FakeClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EndpointDeployerTest {
  private static final String CREATE = "POST /v2/endpoint/{}";

  @TempDir Path folder;

  private final FakeClock time = new FakeClock();
  private final SimulatedHub simulated = SimulatedHub.builder().time(time).user("user").start();
  private HuggingFaceHub hub;
  private EndpointDeployer deployer;

  @BeforeEach
  void connect() {
    hub =
        HuggingFaceHub.builder()
            .endpoint(simulated.endpoint())
            .token(simulated.token())
            .cache(folder)
            .time(time)
            .build();
    EndpointAccess access = new EndpointAccess(simulated.endpointsApi(), null, simulated::token);
    deployer = new EndpointDeployer(hub, access, EndpointSettings.standard(), time);
    repository("user/my-merged-sft").commit(HubCommit.of("Model").text("config.json", "{}"));
  }

  @AfterEach
  void close() {
    deployer.close();
    hub.close();
    simulated.close();
  }

  @Test
  void aModelAnswersOnceItsEndpointIsReady() throws InterruptedException {
    Deployment ready = deployer.deploy(spec()).await(PollingSchedule.standard());

    assertThat(ready.providerStatus()).isEqualTo("running");
    assertThat(deployer.chatModel(ready).chat(ChatRequest.of("Who?")).text())
        .isEqualTo("It is user/my-merged-sft.");
    assertThat(
            last("POST /served/{endpoint}/v1/chat/completions").requestHeader("X-Scale-Up-Timeout"))
        .hasValue("600");
  }

  @Test
  void requestsEqualThoseOfTheOfficialClient() throws IOException {
    Path fixture = Path.of("../../shared/fixtures/huggingface/endpoints/create_vllm.request.json");
    Assumptions.assumeTrue(Files.exists(fixture), "The fixtures are not beside the project.");
    JsonObject official = Json.parseObject(Files.readString(fixture));
    JsonObject model = official.requireObject("model");
    model.put(
        "revision", hub.repository(RepositoryId.model("user/my-merged-sft")).commitOf("main"));
    model.put("args", List.of("--served-model-name", "user/my-merged-sft"));

    deployer.deploy(spec());

    assertThat(Json.parse(last(CREATE.replace("{}", "{owner}")).requestBody()))
        .isEqualTo(Json.parse(official.put("model", model).toString()));
  }

  @Test
  void adaptersAreServedOnTheirBase() {
    repository("user/my-adapter")
        .commit(
            HubCommit.of("Adapter")
                .text(
                    "adapter_config.json",
                    "{\"base_model_name_or_path\":\"Qwen/Qwen3-0.6B\",\"r\":64}"));
    ModelReference adapter = model("user/my-adapter");

    DeploymentHandle handle =
        deployer.deploy(DeploymentSpec.of(adapter, "my-adapter", hardware("nvidia-l4-x1")));

    JsonObject ordered =
        Json.parseObject(last(CREATE.replace("{}", "{owner}")).requestBody())
            .requireObject("model");
    assertThat(ordered.requireString("repository")).isEqualTo("Qwen/Qwen3-0.6B");
    assertThat(ordered.list("args"))
        .containsExactly(
            "--enable-lora",
            "--max-lora-rank",
            "64",
            "--lora-modules",
            "user/my-adapter=user/my-adapter");
    assertThat(handle.refresh().model()).isEqualTo(adapter);
  }

  @Test
  void oneNameMakesOneEndpointEvenIfTheResponseWasLost() {
    simulated.faults().next(CREATE, Fault.lostAnswer());

    deployer.deploy(spec());
    deployer.deploy(spec());

    assertThat(simulated.endpointsCreated()).isEqualTo(1);
  }

  @Test
  void anotherModelUnderTheSameNameIsRefused() {
    repository("user/other").commit(HubCommit.of("Model").text("config.json", "{}"));
    deployer.deploy(spec());
    DeploymentSpec other =
        DeploymentSpec.of(model("user/other"), "my-sft-endpoint", hardware("nvidia-l4-x1"));

    InvalidRequestException refused =
        catchThrowableOfType(InvalidRequestException.class, () -> deployer.deploy(other));

    assertThat(refused).hasMessageContaining("my-sft-endpoint already serves another model");
  }

  @Test
  void anotherAdapterUnderTheSameNameIsRefused() {
    String adapter = "{\"base_model_name_or_path\":\"Qwen/Qwen3-0.6B\",\"r\":64}";
    for (String name : List.of("user/one", "user/two")) {
      repository(name).commit(HubCommit.of("Adapter").text("adapter_config.json", adapter));
    }
    deployer.deploy(DeploymentSpec.of(model("user/one"), "same", hardware("nvidia-l4-x1")));
    DeploymentSpec two = DeploymentSpec.of(model("user/two"), "same", hardware("nvidia-l4-x1"));

    InvalidRequestException refused =
        catchThrowableOfType(InvalidRequestException.class, () -> deployer.deploy(two));

    assertThat(refused).hasMessageContaining("same already serves another model");
  }

  @Test
  void endpointsCanBePausedResumedScaledToZeroAndDeleted() {
    DeploymentHandle handle = deployer.deploy(spec());
    String name = handle.reference().id();
    time.advance(Duration.ofMinutes(5));

    deployer.endpoints().pause(name);
    DeploymentStatus paused = handle.refresh().status();
    deployer.endpoints().resume(name);
    DeploymentStatus resumed = handle.refresh().status();
    time.advance(Duration.ofMinutes(5));
    deployer.endpoints().resume(name);
    deployer.endpoints().scaleToZero(name);
    Deployment asleep = handle.refresh();
    handle.delete();
    handle.delete();

    assertThat(List.of(paused, resumed, asleep.status(), handle.refresh().status()))
        .containsExactly(
            DeploymentStatus.PAUSED,
            DeploymentStatus.CREATING,
            DeploymentStatus.READY,
            DeploymentStatus.DELETED);
    assertThat(asleep.providerStatus()).isEqualTo("scaledToZero");
  }

  @Test
  void anEndpointThatFailedSaysWhy() {
    DeploymentHandle handle = deployer.deploy(spec());
    simulated.failEndpoint("my-sft-endpoint", "Endpoint failed to deploy");

    DeploymentFailedException failed =
        catchThrowableOfType(
            DeploymentFailedException.class, () -> handle.await(PollingSchedule.standard()));

    assertThat(failed.deployment().failureReason()).hasValue("Endpoint failed to deploy");
  }

  @Test
  void deploymentsHaveLabelsAndAPrice() {
    DeploymentSpec labelled =
        new DeploymentSpec(
            model("user/my-merged-sft"),
            "labelled",
            hardware("nvidia-l4-x1"),
            Map.of("lease", "l1"));

    Deployment made = deployer.operations().create(labelled);

    assertThat(made.labels()).containsExactly(Map.entry("lease", "l1"));
    assertThat(made.pricePerHour().orElseThrow().amount()).isEqualByComparingTo("0.8");
    assertThat(deployer.operations().list())
        .extracting(Deployment::labels)
        .containsExactly(Map.of("lease", "l1"));
  }

  @Test
  void unavailableMachinesAreRefused() {
    DeploymentSpec reserved =
        DeploymentSpec.of(model("user/my-merged-sft"), "reserved", hardware("nvidia-h200-x1"));
    DeploymentSpec serverless =
        DeploymentSpec.of(model("user/my-merged-sft"), "none", Capacity.serverless());

    InvalidRequestException refused =
        catchThrowableOfType(InvalidRequestException.class, () -> deployer.deploy(reserved));
    UnsupportedCapabilityException unsupported =
        catchThrowableOfType(
            UnsupportedCapabilityException.class, () -> deployer.deploy(serverless));

    assertThat(refused).hasMessageContaining("[nvidia-l4-x1, nvidia-a10g-x1, intel-spr-x1]");
    assertThat(unsupported).hasMessageContaining("a deployment without machines");
    assertThat(simulated.endpointsCreated()).isZero();
  }

  private HubRepository repository(String name) {
    HubRepository repository = hub.repository(RepositoryId.model(name));
    repository.create(Visibility.PRIVATE);
    return repository;
  }

  private static DeploymentSpec spec() {
    return DeploymentSpec.of(
        model("user/my-merged-sft"), "my-sft-endpoint", hardware("nvidia-a10g-x1"));
  }

  private static ModelReference model(String name) {
    return new ModelReference(HuggingFaceHub.HUGGING_FACE, name);
  }

  private static Capacity hardware(String instance) {
    return new Capacity.Hardware(instance, 0, 1);
  }

  private RecordedExchange last(String route) {
    List<RecordedExchange> found =
        simulated.requests().stream()
            .filter(request -> (request.method() + " " + request.template()).equals(route))
            .toList();
    return found.get(found.size() - 1);
  }
}
