package dev.finetune4j.testkit;

import dev.finetune4j.ModelReference;
import dev.finetune4j.Time;
import dev.finetune4j.cost.Money;
import dev.finetune4j.deployment.Deployment;
import dev.finetune4j.deployment.DeploymentOperations;
import dev.finetune4j.deployment.DeploymentReference;
import dev.finetune4j.deployment.DeploymentSpec;
import dev.finetune4j.deployment.DeploymentStatus;
import dev.finetune4j.error.NotFoundException;
import dev.finetune4j.error.ProviderFailure;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.provider.Deployer;
import java.math.BigDecimal;
import java.math.MathContext;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The deployments of a fake provider. Thread-safe: all happens under the lock of the calls. */
final class FakeDeployer implements Deployer, DeploymentOperations {
  private final FakeSettings settings;
  private final FakeCalls calls;
  private final Function<String, ChatModel> models;
  private final Map<String, Standing> deployments = new LinkedHashMap<>();
  private Duration billed = Duration.ZERO;

  FakeDeployer(FakeSettings settings, FakeCalls calls, Function<String, ChatModel> models) {
    this.settings = settings;
    this.calls = calls;
    this.models = models;
  }

  /** Returns what all deployments have cost until now; not a call. */
  Money billed() {
    synchronized (calls) {
      Instant now = settings.time.now();
      Duration total = billed;
      for (Standing each : deployments.values()) {
        total = total.plus(each.age(now));
      }
      BigDecimal hours =
          BigDecimal.valueOf(total.toMillis())
              .divide(BigDecimal.valueOf(3_600_000), MathContext.DECIMAL64);
      return settings.pricePerHour.times(hours);
    }
  }

  @Override
  public DeploymentOperations operations() {
    return this;
  }

  @Override
  public Time time() {
    return settings.time;
  }

  @Override
  public ChatModel chatModel(Deployment deployment) {
    if (deployment.endpoint().isEmpty()) {
      throw new IllegalArgumentException(deployment + " has no endpoint yet. Await it first.");
    }
    ChatModel model = models.apply(deployment.model().name());
    return request -> {
      if (fetchQuietly(deployment.reference()).status() != DeploymentStatus.READY) {
        throw notFound(deployment.reference());
      }
      return model.chat(request);
    };
  }

  @Override
  public Deployment create(DeploymentSpec spec) {
    return calls.make(
        FakeOperation.DEPLOY,
        () -> {
          Instant now = settings.time.now();
          Standing there = deployments.get(spec.name());
          if (there == null || there.status(now) == DeploymentStatus.DELETED) {
            calls.make(FakeOperation.CREATE_DEPLOYMENT, () -> put(spec, now));
          }
          return fetchQuietly(new DeploymentReference(settings.id, spec.name()));
        });
  }

  @Override
  public Deployment fetch(DeploymentReference deployment) {
    return calls.make(FakeOperation.FETCH_DEPLOYMENT, () -> fetchQuietly(deployment));
  }

  @Override
  public void delete(DeploymentReference deployment) {
    calls.make(
        FakeOperation.DELETE_DEPLOYMENT,
        () -> {
          Standing standing = deployments.get(deployment.id());
          if (standing != null && standing.deletedAt == null) {
            standing.deletedAt = settings.time.now();
          }
          return deployment;
        });
  }

  @Override
  public List<Deployment> list() {
    return calls.make(FakeOperation.LIST_DEPLOYMENTS, this::standing);
  }

  /** Returns the deployments that are not gone; not a call. */
  List<Deployment> standing() {
    synchronized (calls) {
      Instant now = settings.time.now();
      return deployments.values().stream()
          .filter(each -> each.status(now) != DeploymentStatus.DELETED)
          .map(each -> each.at(now))
          .toList();
    }
  }

  private Deployment fetchQuietly(DeploymentReference reference) {
    synchronized (calls) {
      Standing standing = deployments.get(reference.id());
      if (standing == null) {
        ModelReference unknown = new ModelReference(settings.id, "unknown");
        return Deployment.builder(reference, unknown, DeploymentStatus.DELETED).build();
      }
      return standing.at(settings.time.now());
    }
  }

  private Standing put(DeploymentSpec spec, Instant now) {
    Standing standing = new Standing(spec, now);
    Standing before = deployments.put(spec.name(), standing);
    if (before != null) {
      billed = billed.plus(before.age(now));
    }
    return standing;
  }

  private NotFoundException notFound(DeploymentReference reference) {
    return new NotFoundException(
        ProviderFailure.of(settings.id, "There is no deployment " + reference.id() + ".")
            .withHttpStatus(404));
  }

  /** One deployment, from its creation on. */
  private final class Standing {
    private final DeploymentSpec spec;
    private final Instant createdAt;
    private @Nullable Instant deletedAt;

    Standing(DeploymentSpec spec, Instant createdAt) {
      this.spec = spec;
      this.createdAt = createdAt;
    }

    Duration age(Instant now) {
      return Duration.between(createdAt, deletedAt == null ? now : deletedAt);
    }

    DeploymentStatus status(Instant now) {
      if (deletedAt != null) {
        return now.isBefore(deletedAt.plus(settings.deletionTakes))
            ? DeploymentStatus.DELETING
            : DeploymentStatus.DELETED;
      }
      return now.isBefore(createdAt.plus(settings.deploymentTakes))
          ? DeploymentStatus.CREATING
          : DeploymentStatus.READY;
    }

    Deployment at(Instant now) {
      DeploymentStatus status = status(now);
      boolean ready = status == DeploymentStatus.READY;
      return Deployment.builder(
              new DeploymentReference(settings.id, spec.name()), spec.model(), status)
          .providerStatus(status.name().toLowerCase(Locale.ROOT))
          .endpoint(ready ? URI.create("http://fake.invalid/" + spec.name()) : null)
          .pricePerHour(settings.pricePerHour)
          .labels(spec.labels())
          .build();
    }
  }
}
