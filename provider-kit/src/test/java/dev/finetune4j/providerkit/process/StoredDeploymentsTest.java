package dev.finetune4j.providerkit.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.ModelReference;
import dev.finetune4j.ProviderId;
import dev.finetune4j.deployment.Capacity;
import dev.finetune4j.deployment.Deployment;
import dev.finetune4j.deployment.DeploymentSpec;
import dev.finetune4j.deployment.DeploymentStatus;
import dev.finetune4j.error.InvalidRequestException;
import dev.finetune4j.error.ProviderFailure;
import dev.finetune4j.error.ProviderUnavailableException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StoredDeploymentsTest {
  private static final ProviderId PROVIDER = new ProviderId("here");

  @TempDir Path directory;

  private final Serving serving = new Serving();

  private static final class Serving implements StoredDeployments.Serving {
    private final List<String> released = new ArrayList<>();
    private Optional<URI> endpoint = Optional.empty();
    private boolean broken;

    @Override
    public void requireModel(String model) {}

    @Override
    public Optional<URI> serve(String model) {
      if (broken) {
        throw new ProviderUnavailableException(
            ProviderFailure.of(PROVIDER, "The server ended."), null);
      }
      return endpoint;
    }

    @Override
    public void release(String model) {
      released.add(model);
    }
  }

  private StoredDeployments deployments() {
    return StoredDeployments.in(PROVIDER, directory, serving);
  }

  private static DeploymentSpec spec(String name, String model) {
    return DeploymentSpec.of(new ModelReference(PROVIDER, model), name, Capacity.serverless());
  }

  @Test
  void aDeploymentIsCreatingUntilItsServerAnswers() {
    Deployment made = deployments().create(spec("bot", "tuned"));
    serving.endpoint = Optional.of(URI.create("http://127.0.0.1:1/v1"));

    Deployment ready = deployments().fetch(made.reference());

    assertThat(made.status()).isEqualTo(DeploymentStatus.CREATING);
    assertThat(ready.status()).isEqualTo(DeploymentStatus.READY);
    assertThat(ready.endpoint()).isEqualTo(serving.endpoint);
  }

  @Test
  void aServerThatEndedMakesTheDeploymentFailedWithTheReason() {
    Deployment made = deployments().create(spec("bot", "tuned"));
    serving.broken = true;

    Deployment failed = deployments().fetch(made.reference());

    assertThat(failed.status()).isEqualTo(DeploymentStatus.FAILED);
    assertThat(failed.failureReason()).contains("here: The server ended.");
  }

  @Test
  void theLongestNameIsListedLikeAnyOther() {
    String longest = "n".repeat(64);
    deployments().create(spec(longest, "tuned"));

    List<Deployment> listed = deployments().list();

    assertThat(listed).extracting(each -> each.reference().id()).containsExactly(longest);
  }

  @Test
  void theModelIsReleasedWithItsLastDeployment() {
    Deployment first = deployments().create(spec("first", "tuned"));
    Deployment second = deployments().create(spec("second", "tuned"));

    deployments().delete(first.reference());
    assertThat(serving.released).isEmpty();
    deployments().delete(second.reference());

    assertThat(serving.released).containsExactly("tuned");
    assertThat(deployments().fetch(second.reference()).status())
        .isEqualTo(DeploymentStatus.DELETED);
  }

  @Test
  void oneNameServesOneModel() {
    deployments().create(spec("bot", "tuned"));

    assertThatThrownBy(() -> deployments().create(spec("bot", "other")))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("serves")
        .hasMessageContaining("Delete it, or take another name.");
  }
}
