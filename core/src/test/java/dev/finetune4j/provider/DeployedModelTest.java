package dev.finetune4j.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.ModelReference;
import dev.finetune4j.deployment.Capacity;
import dev.finetune4j.deployment.Deployment;
import dev.finetune4j.deployment.DeploymentFailedException;
import dev.finetune4j.deployment.DeploymentSpec;
import dev.finetune4j.deployment.FileLeaseRegistry;
import dev.finetune4j.deployment.InMemoryLeaseRegistry;
import dev.finetune4j.deployment.Lease;
import dev.finetune4j.deployment.LeaseRegistry;
import dev.finetune4j.error.OperationInterruptedException;
import dev.finetune4j.error.ProviderUnavailableException;
import dev.finetune4j.error.UnsupportedCapabilityException;
import dev.finetune4j.inference.ChatResponse;
import dev.finetune4j.testkit.FakeClock;
import dev.finetune4j.testkit.FakeOperation;
import dev.finetune4j.testkit.FakeProvider;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DeployedModelTest {
  private static final Duration FOUR_HOURS = Duration.ofHours(4);

  @TempDir Path directory;

  private final FakeClock time = new FakeClock();
  private final FakeProvider provider =
      FakeProvider.builder(time).model("tuned", request -> ChatResponse.of("Hello back")).build();
  private final ModelReference tuned = new ModelReference(provider.id(), "tuned");
  private final LeaseRegistry leases = new InMemoryLeaseRegistry(time);

  @Test
  void aDeployedModelAnswersAndIsDeletedWhenItIsClosed() {
    try (DeployedModel bot = provider.deploy(tuned, "bot", FOUR_HOURS)) {
      assertThat(bot.chat("Hello")).isEqualTo("Hello back");
      assertThat(provider.standingDeployments()).hasSize(1);
    }

    assertThat(provider.standingDeployments()).isEmpty();
    assertThat(provider.requireDeployer().leases(provider.id()).leases()).isEmpty();
  }

  @Test
  void theLeaseIsRecordedBeforeTheDeploymentIsCreated() {
    provider
        .calls()
        .runBefore(
            FakeOperation.CREATE_DEPLOYMENT,
            () -> assertThat(leases.leases()).extracting(Lease::deploymentName).contains("bot"));

    deploy().close();

    assertThat(leases.leases()).isEmpty();
  }

  @Test
  void anInterruptedWaitDeletesTheDeployment() {
    time.after(Duration.ofSeconds(30), Thread.currentThread()::interrupt);

    assertThatThrownBy(this::deploy).isInstanceOf(OperationInterruptedException.class);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(provider.standingDeployments()).isEmpty();
    assertThat(leases.leases()).isEmpty();
  }

  @Test
  void aFailedWaitDeletesTheDeployment() {
    provider.calls().beUnavailable(FakeOperation.FETCH_DEPLOYMENT, 1);

    assertThatThrownBy(this::deploy).isInstanceOf(ProviderUnavailableException.class);

    assertThat(provider.standingDeployments()).isEmpty();
  }

  @Test
  void aDeploymentWhoseCreationGotNoAnswerIsDeleted() {
    provider.calls().loseAnswer(FakeOperation.CREATE_DEPLOYMENT);

    assertThatThrownBy(this::deploy).isInstanceOf(ProviderUnavailableException.class);

    assertThat(provider.standingDeployments()).isEmpty();
  }

  @Test
  void aDeploymentThatNeverGetsReadyIsDeleted() {
    FakeProvider slow =
        FakeProvider.builder(time).deploymentTakes(Duration.ofDays(3), Duration.ZERO).build();

    assertThatThrownBy(() -> slow.requireDeployer().deploy(spec("bot"), FOUR_HOURS, leases))
        .isInstanceOf(DeploymentFailedException.class);

    assertThat(slow.standingDeployments()).isEmpty();
  }

  @Test
  void whatACrashLeftIsDeletedByTheNextDeployment() {
    LeaseRegistry before = FileLeaseRegistry.open(directory, time);
    provider.requireDeployer().deploy(spec("lost"), FOUR_HOURS, before);
    time.advance(FOUR_HOURS);

    LeaseRegistry after = FileLeaseRegistry.open(directory, time);
    DeployedModel next = provider.requireDeployer().deploy(spec("next"), FOUR_HOURS, after);

    assertThat(provider.standingDeployments())
        .extracting(Deployment::reference)
        .containsExactly(next.deployment().reference());
  }

  @Test
  void aRenewedLeaseIsNotSweptWhileItHolds() {
    DeployedModel bot = deploy();
    time.advance(Duration.ofHours(3));
    bot.renew(FOUR_HOURS);
    time.advance(Duration.ofHours(3));

    assertThat(leases.expireOverdue()).isEmpty();
  }

  @Test
  void aDeletionThatFailsIsReportedAndCanBeRepeated() {
    DeployedModel bot = deploy();
    provider.calls().beUnavailable(FakeOperation.DELETE_DEPLOYMENT, 1);

    assertThatThrownBy(bot::close)
        .isInstanceOf(ProviderUnavailableException.class)
        .hasMessageContaining("Could not delete the deployment \"bot\", which still bills");
    bot.close();
    bot.close();

    assertThat(provider.standingDeployments()).isEmpty();
  }

  @Test
  void closingOnAnInterruptedThreadDeletesTheDeployment() {
    DeployedModel bot = deploy();
    Thread.currentThread().interrupt();

    bot.close();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(provider.standingDeployments()).isEmpty();
  }

  @Test
  void aProviderWithoutDeploymentsRefusesToDeploy() {
    FakeProvider direct = FakeProvider.builder(time).without(Capability.DEPLOYMENT).build();

    assertThatThrownBy(() -> direct.deploy(tuned, "bot", FOUR_HOURS))
        .isInstanceOf(UnsupportedCapabilityException.class)
        .hasMessage(
            "Provider fake does not support deployments. Ask the model with"
                + " requireChatModel(model).");
  }

  private DeployedModel deploy() {
    return provider.requireDeployer().deploy(spec("bot"), FOUR_HOURS, leases);
  }

  private DeploymentSpec spec(String name) {
    return DeploymentSpec.of(tuned, name, Capacity.serverless());
  }
}
