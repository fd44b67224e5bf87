package dev.finetune4j.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.ModelReference;
import dev.finetune4j.cost.Money;
import dev.finetune4j.deployment.SweepResult.Outcome;
import dev.finetune4j.error.ProviderUnavailableException;
import dev.finetune4j.provider.Deployer;
import dev.finetune4j.testkit.FakeClock;
import dev.finetune4j.testkit.FakeOperation;
import dev.finetune4j.testkit.FakeProvider;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class LeaseSweeperTest {
  private final FakeClock time = new FakeClock();
  private final FakeProvider provider =
      FakeProvider.builder(time)
          .deploymentTakes(Duration.ofMinutes(2), Duration.ofMinutes(1))
          .pricePerHour(Money.dollars("10"))
          .build();
  private final Deployer deployer = provider.deployer().orElseThrow();
  private final LeaseRegistry registry = new InMemoryLeaseRegistry(time);
  private final LeaseSweeper sweeper =
      new LeaseSweeper(registry, Map.of(provider.id(), deployer.operations()), time);
  private final DeploymentSpec spec =
      DeploymentSpec.of(
          new ModelReference(provider.id(), "base"), "recipes", Capacity.serverless());
  private final LeaseTerms terms = LeaseTerms.of("run-7", Duration.ofHours(2));

  @Test
  void aDeploymentWithAValidLeaseIsNotTouched() {
    deploy();
    time.advance(Duration.ofMinutes(119));

    List<SweepResult> results = sweeper.sweep();

    assertThat(results).isEmpty();
    assertThat(provider.standingDeployments()).hasSize(1);
    assertThat(provider.calls().count(FakeOperation.DELETE_DEPLOYMENT)).isZero();
  }

  @Test
  void aDeploymentWithAnExpiredLeaseIsDeletedAndThenItsLeaseRemoved() {
    deploy();
    time.advance(Duration.ofHours(2));

    List<SweepResult> first = sweeper.sweep();
    time.advance(Duration.ofMinutes(1));
    List<SweepResult> second = sweeper.sweep();

    assertThat(first).extracting(SweepResult::outcome).containsExactly(Outcome.DELETING);
    assertThat(second).extracting(SweepResult::outcome).containsExactly(Outcome.GONE);
    assertThat(registry.leases()).isEmpty();
    assertThat(provider.billed()).isEqualTo(Money.dollars("20"));
    assertThat(sweeper.sweep()).isEmpty();
  }

  @Test
  void sweepingOneLeaseDeletesItsDeploymentAtOnce() {
    Lease lease = deploy();

    SweepResult result = sweeper.sweep(lease);
    time.advance(Duration.ofMinutes(1));

    assertThat(result.outcome()).isEqualTo(Outcome.DELETING);
    assertThat(sweeper.sweep()).extracting(SweepResult::outcome).containsExactly(Outcome.GONE);
    assertThat(provider.standingDeployments()).isEmpty();
  }

  @Test
  void aFailedDeletionIsTriedAgainByTheNextSweep() {
    Lease lease = deploy();
    provider.calls().beUnavailable(FakeOperation.DELETE_DEPLOYMENT, 1);

    SweepResult failed = sweeper.sweep(lease);
    SweepResult again = sweeper.sweep().get(0);

    assertThat(failed.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(failed.detail()).isEqualTo("fake answered 503: The service is down.");
    assertThat(again.outcome()).isEqualTo(Outcome.DELETING);
  }

  @Test
  void aDeploymentWhoseCreationWasNeverConfirmedIsFoundAndDeleted() {
    Lease lease = registry.reserve(spec, terms);
    provider.calls().loseAnswer(FakeOperation.CREATE_DEPLOYMENT);
    assertThatThrownBy(() -> deployer.deploy(lease.labelled(spec)))
        .isInstanceOf(ProviderUnavailableException.class);
    time.advance(Duration.ofHours(2));

    List<SweepResult> results = sweeper.sweep();
    time.advance(Duration.ofMinutes(1));

    assertThat(results).extracting(SweepResult::outcome).containsExactly(Outcome.DELETING);
    assertThat(provider.standingDeployments()).isEmpty();
  }

  @Test
  void withoutLabelsTheDeploymentIsFoundByNameAndModel() {
    registry.reserve(spec, terms);
    deployer.deploy(spec);
    time.advance(Duration.ofHours(2));

    sweeper.sweep();
    time.advance(Duration.ofMinutes(1));

    assertThat(provider.standingDeployments()).isEmpty();
  }

  @Test
  void anotherModelsDeploymentOfTheSameNameIsNotTouched() {
    registry.reserve(spec, terms);
    deployer.deploy(
        DeploymentSpec.of(
            new ModelReference(provider.id(), "theirs"), "recipes", Capacity.serverless()));
    time.advance(Duration.ofHours(2));

    List<SweepResult> results = sweeper.sweep();

    assertThat(results).extracting(SweepResult::outcome).containsExactly(Outcome.NEVER_CREATED);
    assertThat(provider.standingDeployments()).hasSize(1);
    assertThat(provider.calls().count(FakeOperation.DELETE_DEPLOYMENT)).isZero();
  }

  @Test
  void aLeaseWhoseDeploymentMayStillAppearStays() {
    Lease lease = registry.reserve(spec, terms);

    SweepResult early = sweeper.sweep(lease);
    deployer.deploy(lease.labelled(spec));
    SweepResult later = sweeper.sweep().get(0);

    assertThat(early.outcome()).isEqualTo(Outcome.NOT_SEEN_YET);
    assertThat(later.outcome()).isEqualTo(Outcome.DELETING);
  }

  @Test
  void aLeaseWithoutADeploymentIsRemovedAfterFifteenMinutes() {
    sweeper.sweep(registry.reserve(spec, terms));
    time.advance(Duration.ofMinutes(15));

    List<SweepResult> results = sweeper.sweep();

    assertThat(results).extracting(SweepResult::outcome).containsExactly(Outcome.NEVER_CREATED);
    assertThat(registry.leases()).isEmpty();
  }

  @Test
  void aLeaseOfAnotherProviderIsReportedAndStays() {
    LeaseSweeper withoutProviders = new LeaseSweeper(registry, Map.of(), time);
    deploy();
    time.advance(Duration.ofHours(2));

    List<SweepResult> results = withoutProviders.sweep();

    assertThat(results).extracting(SweepResult::outcome).containsExactly(Outcome.NOT_MINE);
    assertThat(registry.leases()).hasSize(1);
  }

  @Test
  void oneFailureDoesNotStopTheSweep() {
    deploy();
    time.advance(Duration.ofSeconds(1));
    DeploymentSpec second = DeploymentSpec.of(spec.model(), "second", Capacity.serverless());
    Lease other = registry.reserve(second, terms);
    registry.confirm(other, deployer.deploy(other.labelled(second)).reference());
    provider.calls().beUnavailable(FakeOperation.FETCH_DEPLOYMENT, 1);
    time.advance(Duration.ofHours(2));

    List<SweepResult> results = sweeper.sweep();

    assertThat(results)
        .extracting(SweepResult::outcome)
        .containsExactly(Outcome.FAILED, Outcome.DELETING);
  }

  @Test
  void anOrphanHasOurLabelAndNoLease() {
    Lease held = deploy();
    DeploymentSpec lost = DeploymentSpec.of(spec.model(), "lost", Capacity.serverless());
    Lease forgotten = registry.reserve(lost, terms);
    deployer.deploy(forgotten.labelled(lost));
    registry.remove(forgotten);
    deployer.deploy(DeploymentSpec.of(spec.model(), "theirs", Capacity.serverless()));

    List<Deployment> orphans = Deployments.orphans(deployer.operations(), registry);

    assertThat(orphans)
        .extracting(deployment -> deployment.reference().id())
        .containsExactly("lost");
    assertThat(registry.find(held.id())).isPresent();
  }

  private Lease deploy() {
    Lease lease = registry.reserve(spec, terms);
    return registry.confirm(lease, deployer.deploy(lease.labelled(spec)).reference());
  }
}
