package dev.finetune4j.azure;

import dev.finetune4j.ModelReference;
import dev.finetune4j.azure.AzureDeploymentOptions.Size;
import dev.finetune4j.azure.AzureDeploymentOptions.Sku;
import dev.finetune4j.deployment.Deployment;
import dev.finetune4j.deployment.DeploymentOperations;
import dev.finetune4j.deployment.DeploymentReference;
import dev.finetune4j.deployment.DeploymentSpec;
import dev.finetune4j.deployment.DeploymentStatus;
import dev.finetune4j.error.InvalidRequestException;
import dev.finetune4j.error.NotFoundException;
import dev.finetune4j.error.ProviderFailure;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.providerkit.deployment.ReadinessProbe;
import dev.finetune4j.providerkit.deployment.ReadinessProbe.Look;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deployments of one account. A deployment that the resource manager reports as "Succeeded" counts
 * as ready only once it has answered a question. Blocking and thread-safe.
 */
final class AzureDeployments implements DeploymentOperations {
  private static final Logger LOG = LoggerFactory.getLogger(AzureDeployments.class);

  private final ManagementPlane manager;
  private final AzureQuota quota;
  private final DeploymentJson json;
  private final AzureConnections connections;
  private final ReadinessProbe readiness;
  private final AzureDeploymentOptions options;

  AzureDeployments(
      ManagementPlane manager,
      DeploymentJson json,
      AzureConnections connections,
      AzureDeploymentOptions options) {
    this.manager = manager;
    this.quota = new AzureQuota(manager);
    this.json = json;
    this.connections = connections;
    this.readiness = new ReadinessProbe(this::asked);
    this.options = options;
  }

  /**
   * Sends one request to look for the name, two to four for the quota, more if lists have several
   * pages, and one to create it.
   */
  @Override
  public Deployment create(DeploymentSpec spec) {
    requireName(spec.name());
    Size size = options.size(ModelVersion.of(spec.model().name()), spec.capacity());
    Optional<JsonObject> present = manager.find(spec.name());
    if (present.isPresent() && !DeploymentJson.state(present.get()).equals("Deleting")) {
      return same(json.snapshot(present.get()).build(), spec);
    }
    quota.require(spec.model().name(), options.format(spec.model().name()), size);
    readiness.forget(spec.name());
    JsonObject made = manager.put(spec.name(), DeploymentJson.body(spec, size, options));
    if (size.sku().equals(Sku.DEVELOPER_TIER.word())) {
      LOG.warn(
          "Azure will delete deployment {} after 24 hours: it uses the developer tier.",
          spec.name());
    } else {
      LOG.info("Azure will delete deployment {} after 15 days without a request.", spec.name());
    }
    return looked(made, DeploymentStatus.CREATING);
  }

  @Override
  public Deployment fetch(DeploymentReference deployment) {
    Optional<JsonObject> found = manager.find(deployment.id());
    if (found.isPresent()) {
      return looked(found.get(), DeploymentStatus.UNRECOGNIZED);
    }
    readiness.forget(deployment.id());
    ModelReference unknown = new ModelReference(AzureProvider.ID, "unknown");
    return Deployment.builder(deployment, unknown, DeploymentStatus.DELETED).build();
  }

  /** Asks the resource manager only: a sweep must not depend on what the model answers. */
  @Override
  public boolean exists(DeploymentReference deployment) {
    return manager.find(deployment.id()).isPresent();
  }

  @Override
  public void delete(DeploymentReference deployment) {
    readiness.forget(deployment.id());
    manager.delete(deployment.id());
  }

  /** Returns them as the resource manager reports them, without asking whether each answers. */
  @Override
  public List<Deployment> list() {
    return manager.deployments().stream().map(item -> json.snapshot(item).build()).toList();
  }

  /** Changes the capacity of a deployment, in the unit of its SKU. Two requests. */
  Deployment resize(DeploymentReference deployment, int capacity) {
    JsonObject found =
        manager
            .find(deployment.id())
            .orElseThrow(
                () ->
                    new NotFoundException(
                        failure("Deployment " + deployment + " does not exist.")));
    Size size = new Size(DeploymentJson.sku(found), capacity);
    return looked(
        manager.patch(deployment.id(), DeploymentJson.size(size)), DeploymentStatus.CREATING);
  }

  private ChatModel asked(Deployment deployment) {
    String name = deployment.reference().id();
    return AzureChatModel.of(connections.probe(name), name, deployment.model().name());
  }

  /** Asks a deployment that should be ready for one token. */
  private Deployment looked(JsonObject found, DeploymentStatus whileUnasked) {
    Deployment.Builder snapshot = json.snapshot(found);
    Deployment known = snapshot.build();
    if (known.status() != DeploymentStatus.READY) {
      return known;
    }
    Look look = look(found, known, whileUnasked);
    Deployment.Builder seen =
        Deployment.builder(known.reference(), known.model(), look.status())
            .providerStatus(known.providerStatus())
            .pricePerHour(known.pricePerHour().orElse(null))
            .failureReason(look.reason())
            .labels(known.labels());
    return look.status() == DeploymentStatus.READY
        ? seen.endpoint(connections.deploymentUrl(known.reference().id()).uri()).build()
        : seen.build();
  }

  private Look look(JsonObject found, Deployment known, DeploymentStatus whileUnasked) {
    if (DeploymentJson.sku(found).endsWith("Batch")) {
      // A batch deployment never answers single questions.
      return Look.YES;
    }
    return whileUnasked == DeploymentStatus.CREATING
        ? Look.NOT_YET
        : readiness.look(known, found.findString("etag").orElse(""));
  }

  private static Deployment same(Deployment present, DeploymentSpec spec) {
    if (!present.model().equals(spec.model())) {
      throw new InvalidRequestException(
          failure(
              "Deployment "
                  + present.reference()
                  + " serves "
                  + present.model()
                  + ". Choose another name, or delete it first."));
    }
    return present;
  }

  private static void requireName(String name) {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{1,63}")) {
      throw new InvalidRequestException(
          failure(
              "A deployment name must have 2 to 64 letters, digits, hyphens, dots or"
                  + " underscores: \""
                  + name
                  + "\""));
    }
  }

  private static ProviderFailure failure(String message) {
    return ProviderFailure.of(AzureProvider.ID, message);
  }
}
