package dev.finetune4j.deployment;

import dev.finetune4j.ModelReference;
import dev.finetune4j.cost.Money;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A snapshot of a deployment. Immutable and thread-safe. */
public final class Deployment {
  private final DeploymentReference reference;
  private final ModelReference model;
  private final DeploymentStatus status;
  private final String providerStatus;
  private final @Nullable URI endpoint;
  private final @Nullable Money pricePerHour;
  private final @Nullable String failureReason;
  private final Map<String, String> labels;

  private Deployment(Builder builder) {
    reference = builder.reference;
    model = builder.model;
    status = builder.status;
    providerStatus = builder.providerStatus;
    endpoint = builder.endpoint;
    pricePerHour = builder.pricePerHour;
    failureReason = builder.failureReason;
    labels = Map.copyOf(builder.labels);
  }

  /** Returns a builder of a snapshot; used by providers. */
  public static Builder builder(
      DeploymentReference reference, ModelReference model, DeploymentStatus status) {
    return new Builder(reference, model, status);
  }

  /** Returns the reference, with which the deployment can be found again. */
  public DeploymentReference reference() {
    return reference;
  }

  /** Returns the deployed model. */
  public ModelReference model() {
    return model;
  }

  /** Returns the status. */
  public DeploymentStatus status() {
    return status;
  }

  /** Returns the provider's own word for the status; empty if it has none. */
  public String providerStatus() {
    return providerStatus;
  }

  /** Returns the address at which it answers, once it does. */
  public Optional<URI> endpoint() {
    return Optional.ofNullable(endpoint);
  }

  /** Returns the price of each hour that it exists, used or not; empty if unknown. */
  public Optional<Money> pricePerHour() {
    return Optional.ofNullable(pricePerHour);
  }

  /** Returns the provider's reason for a failure. */
  public Optional<String> failureReason() {
    return Optional.ofNullable(failureReason);
  }

  /** Returns its labels. */
  public Map<String, String> labels() {
    return labels;
  }

  @Override
  public String toString() {
    return "Deployment(" + reference + ", " + model + ", " + status + ")";
  }

  /** Builds a snapshot. Not thread-safe. */
  public static final class Builder {
    private final DeploymentReference reference;
    private final ModelReference model;
    private final DeploymentStatus status;
    private String providerStatus = "";
    private @Nullable URI endpoint;
    private @Nullable Money pricePerHour;
    private @Nullable String failureReason;
    private Map<String, String> labels = Map.of();

    private Builder(DeploymentReference reference, ModelReference model, DeploymentStatus status) {
      this.reference = Objects.requireNonNull(reference, "reference");
      this.model = Objects.requireNonNull(model, "model");
      this.status = Objects.requireNonNull(status, "status");
    }

    /** Sets the provider's own word for the status. */
    public Builder providerStatus(String word) {
      providerStatus = word;
      return this;
    }

    /** Sets the address at which it answers; null if there is none yet. */
    public Builder endpoint(@Nullable URI address) {
      endpoint = address;
      return this;
    }

    /** Sets the price per hour; null if unknown. */
    public Builder pricePerHour(@Nullable Money price) {
      pricePerHour = price;
      return this;
    }

    /** Sets the reason for a failure; null if it did not fail. */
    public Builder failureReason(@Nullable String reason) {
      failureReason = reason;
      return this;
    }

    /** Sets its labels. */
    public Builder labels(Map<String, String> values) {
      labels = values;
      return this;
    }

    /** Returns the snapshot. */
    public Deployment build() {
      return new Deployment(this);
    }
  }
}
