package dev.finetune4j.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.finetune4j.ModelReference;
import dev.finetune4j.deployment.Deployment;
import dev.finetune4j.deployment.DeploymentHandle;
import dev.finetune4j.deployment.DeploymentReference;
import dev.finetune4j.deployment.DeploymentSpec;
import dev.finetune4j.deployment.DeploymentStatus;
import dev.finetune4j.deployment.InMemoryLeaseRegistry;
import dev.finetune4j.deployment.LeaseRegistry;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.provider.Capability;
import dev.finetune4j.provider.DeployedModel;
import dev.finetune4j.provider.Deployer;
import dev.finetune4j.training.SubmissionKey;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The part of {@link FineTuningProviderContract} about deployments; skipped without capability. */
abstract class DeploymentContract extends ProviderUnderTest {

  /** Deploying models, asking them, and deleting the deployments. */
  @Nested
  public final class Deploying {

    @Test
    void aReadyDeploymentAnswersAndADeletedOneIsGone() throws Exception {
      Deployer deployer = requireDeployer();
      DeploymentHandle handle = deployer.deploy(spec(tunedModel()));

      Deployment ready = handle.await(polling());
      assertAnswers(deployer.chatModel(ready));
      handle.delete();
      awaitGone(handle);
      handle.delete();

      assertTrue(handle.refresh().status() == DeploymentStatus.DELETED);
    }

    @Test
    void aDeployedModelAnswersAndIsDeletedWhenItIsClosed() throws Exception {
      Deployer deployer = requireDeployer();
      LeaseRegistry leases = new InMemoryLeaseRegistry(time());
      DeploymentReference deployed;

      try (DeployedModel model = deployer.deploy(spec(tunedModel()), Duration.ofHours(1), leases)) {
        assertAnswers(model);
        assertEquals(1, leases.leases().size());
        deployed = model.deployment().reference();
      }

      awaitGone(deployer.deployment(deployed));
      assertEquals(DeploymentStatus.DELETED, deployer.operations().fetch(deployed).status());
    }

    @Test
    void oneNameIsOneDeployment() throws Exception {
      Deployer deployer = requireDeployer();
      DeploymentSpec spec = spec(tunedModel());

      DeploymentHandle first = deployer.deploy(spec);
      DeploymentHandle second = deployer.deploy(spec);
      long standing =
          deployer.operations().list().stream()
              .filter(each -> each.reference().equals(first.reference()))
              .count();
      first.delete();

      assertEquals(first.reference(), second.reference());
      assertEquals(1, standing);
    }

    @Test
    void aDeploymentThatIsNotThereIsDeletedAndNoError() {
      DeploymentReference never =
          new DeploymentReference(provider().id(), SubmissionKey.random().value());

      requireDeployer().operations().delete(never);

      assertEquals(DeploymentStatus.DELETED, requireDeployer().operations().fetch(never).status());
    }

    @Test
    void aTunedModelAnswersWithoutADeploymentIfThatIsDeclared() throws Exception {
      Optional<ChatModel> model = provider().chatModel(tunedModel());

      assertEquals(declares(Capability.TUNED_MODEL_INFERENCE), model.isPresent());
      model.ifPresent(present -> assertAnswers(present));
    }

    private Deployer requireDeployer() {
      assumeTrue(declares(Capability.DEPLOYMENT), "deploys nothing");
      return provider().deployer().orElseThrow();
    }

    private DeploymentSpec spec(ModelReference model) {
      return DeploymentSpec.of(model, SubmissionKey.random().value(), capacity());
    }
  }
}
