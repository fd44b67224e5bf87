package dev.finetune4j.azure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.ModelReference;
import dev.finetune4j.PollingSchedule;
import dev.finetune4j.deployment.Capacity;
import dev.finetune4j.deployment.Deployment;
import dev.finetune4j.deployment.DeploymentHandle;
import dev.finetune4j.deployment.DeploymentOperations;
import dev.finetune4j.deployment.DeploymentSpec;
import dev.finetune4j.deployment.DeploymentStatus;
import dev.finetune4j.deployment.Deployments;
import dev.finetune4j.deployment.InMemoryLeaseRegistry;
import dev.finetune4j.deployment.Lease;
import dev.finetune4j.deployment.LeaseRegistry;
import dev.finetune4j.deployment.LeaseSweeper;
import dev.finetune4j.deployment.LeaseTerms;
import dev.finetune4j.deployment.SweepResult;
import dev.finetune4j.deployment.SweepResult.Outcome;
import dev.finetune4j.inference.ChatRequest;
import dev.finetune4j.provider.Deployer;
import dev.finetune4j.simulator.Fault;
import dev.finetune4j.simulator.SimulatedResponse;
import dev.finetune4j.simulator.StoredContent;
import dev.finetune4j.simulator.azure.SimulatedAzure;
import dev.finetune4j.testkit.FakeClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Leases of deployments that Azure deletes by its own rules, or whose leases are lost. */
final class AzureLeasesTest {
  private static final String QUESTION = "POST /chat/completions";
  private static final Capacity TEN = new Capacity.Throughput(10);

  private final FakeClock time = new FakeClock();
  private final SimulatedAzure service = SimulatedAzure.builder().time(time).start();
  private final AzureProvider provider = Simulations.options(service, time).build();
  private final Deployer deployer = provider.deployer().orElseThrow();
  private final DeploymentOperations operations = deployer.operations();
  private final LeaseRegistry registry = new InMemoryLeaseRegistry(time);
  private ModelReference tuned;

  @BeforeEach
  void train() throws Exception {
    tuned =
        provider
            .submit(Simulations.request())
            .await(PollingSchedule.standard())
            .requireFineTunedModel();
  }

  @AfterEach
  void stop() {
    provider.close();
    service.close();
  }

  @ParameterizedTest
  @CsvSource({"24, true", "360, false"})
  void leasesOfDeploymentsThatAzureDeletedAreSettledAndTheModelCanBeDeployedAgain(
      int hours, boolean trial) throws Exception {
    DeploymentSpec spec = DeploymentSpec.of(tuned, "bot", trial ? Capacity.serverless() : TEN);
    DeploymentHandle handle = standing(spec, registry, Duration.ofDays(20));

    time.advance(Duration.ofHours(hours));
    Deployment gone = handle.refresh();
    List<SweepResult> early = sweep(registry);
    time.advance(Duration.ofDays(20));
    List<SweepResult> late = sweep(registry);

    assertThat(gone.status()).isEqualTo(DeploymentStatus.DELETED);
    assertThat(service.deploymentNames()).isEmpty();
    assertThat(early).isEmpty();
    assertThat(late)
        .singleElement()
        .satisfies(result -> assertThat(result.outcome()).isEqualTo(Outcome.GONE))
        .satisfies(result -> assertThat(result.detail()).contains("did not exist any more"));
    assertThat(registry.leases()).isEmpty();
    assertThat(deployer.deploy(spec).await(PollingSchedule.standard()).status())
        .isEqualTo(DeploymentStatus.READY);
  }

  @Test
  void questionsKeepADeploymentAliveButNotPastItsLease() throws Exception {
    DeploymentHandle handle =
        standing(DeploymentSpec.of(tuned, "bot", TEN), registry, Duration.ofDays(16));
    time.advance(Duration.ofDays(14));
    deployer.chatModel(handle.refresh()).chat(ChatRequest.of("Where is order 3?"));
    time.advance(Duration.ofDays(3));

    DeploymentStatus before = handle.refresh().status();
    List<SweepResult> swept = sweep(registry);
    time.advance(Duration.ofMinutes(1));

    assertThat(before).isEqualTo(DeploymentStatus.READY);
    assertThat(swept)
        .singleElement()
        .satisfies(result -> assertThat(result.outcome()).isIn(Outcome.DELETING, Outcome.GONE));
    assertThat(handle.refresh().status()).isEqualTo(DeploymentStatus.DELETED);
    sweep(registry);
    assertThat(registry.leases()).isEmpty();
  }

  @Test
  void orphansAreDeploymentsOfThisLibraryWithoutALease() throws Exception {
    standing(DeploymentSpec.of(tuned, "held", TEN), registry, Duration.ofHours(1));
    LeaseRegistry lost = new InMemoryLeaseRegistry(time);
    standing(DeploymentSpec.of(tuned, "orphan", TEN), lost, Duration.ofHours(1));
    deployer.deploy(DeploymentSpec.of(tuned, "by-hand", TEN)).await(PollingSchedule.standard());

    List<Deployment> orphans = Deployments.orphans(operations, registry);

    assertThat(orphans)
        .singleElement()
        .satisfies(orphan -> assertThat(orphan.reference().id()).isEqualTo("orphan"))
        .satisfies(orphan -> assertThat(orphan.pricePerHour()).isPresent());
    time.advance(Duration.ofDays(15));
    assertThat(Deployments.orphans(operations, registry)).isEmpty();
  }

  @Test
  void f04aSweepAsksNoModelAndDeletesWhateverTheModelAnswers() throws Exception {
    standing(DeploymentSpec.of(tuned, "bot", TEN), registry, Duration.ofHours(1));
    service.faults().chance(QUESTION, 1, Fault.answer(page()));
    int asked = questions();
    time.advance(Duration.ofHours(2));

    List<SweepResult> swept;
    try (AzureProvider later = Simulations.options(service, time).build()) {
      swept = later.deployer().map(Deployer::operations).map(this::sweep).orElseThrow();
    }
    time.advance(Duration.ofMinutes(1));

    assertThat(swept)
        .singleElement()
        .satisfies(result -> assertThat(result.outcome()).isIn(Outcome.DELETING, Outcome.GONE));
    assertThat(service.deploymentNames()).isEmpty();
    assertThat(questions()).isEqualTo(asked);
  }

  @Test
  void f04aPageInsteadOfAnAnswerMeansNotYet() throws Exception {
    service.faults().next(QUESTION, 3, Fault.answer(page()));

    standing(DeploymentSpec.of(tuned, "bot", TEN), registry, Duration.ofHours(1));

    assertThat(service.faults().raised()).isEqualTo(3);
    assertThat(service.deploymentNames()).containsExactly("bot");
  }

  @Test
  void f29aRefusalSoonAfterDeployingIsWaitedFor() throws Exception {
    service
        .faults()
        .next(
            QUESTION,
            3,
            Fault.answer(
                SimulatedResponse.json(
                    401, "{\"error\":{\"code\":\"PermissionDenied\",\"message\":\"no role\"}}")));

    standing(DeploymentSpec.of(tuned, "bot", TEN), registry, Duration.ofHours(1));

    assertThat(service.faults().raised()).isEqualTo(3);
    assertThat(service.deploymentNames()).containsExactly("bot");
  }

  private int questions() {
    return (int)
        service.requests().stream()
            .filter(exchange -> exchange.path().endsWith("chat/completions"))
            .count();
  }

  private static SimulatedResponse page() {
    return SimulatedResponse.content(
        200, "text/html", StoredContent.of("<html><body>Please wait.</body></html>"));
  }

  private DeploymentHandle standing(DeploymentSpec spec, LeaseRegistry in, Duration length)
      throws InterruptedException {
    Lease lease = in.reserve(spec, LeaseTerms.of("run-1", length));
    DeploymentHandle handle = deployer.deploy(lease.labelled(spec));
    in.confirm(lease, handle.reference());
    handle.await(PollingSchedule.standard());
    return handle;
  }

  private List<SweepResult> sweep(DeploymentOperations by) {
    return new LeaseSweeper(registry, Map.of(AzureProvider.ID, by), time).sweep();
  }

  private List<SweepResult> sweep(LeaseRegistry of) {
    return new LeaseSweeper(of, Map.of(AzureProvider.ID, operations), time).sweep();
  }
}
