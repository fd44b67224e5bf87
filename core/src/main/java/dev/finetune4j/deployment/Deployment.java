package dev.finetune4j.deployment;

import dev.finetune4j.ModelReference;
import dev.finetune4j.cost.Money;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A deployment as it was at one moment. Immutable and thread-safe. */
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

  /**
   * Starts a snapshot. Called by providers.
   *
   * @param model what answers
   */
  public static Builder builder(
      DeploymentReference reference, ModelReference model, DeploymentStatus status) {
    return new Builder(reference, model, status);
  }

  /** Returns what finds the deployment again. */
  public DeploymentReference reference() {
    return reference;
  }

  /** Returns what answers. */
  public ModelReference model() {
    return model;
  }

  /** Returns what the deployment is doing. */
  public DeploymentStatus status() {
    return status;
  }

  /** Returns the provider's own word for the status; empty if it has none. */
  public String providerStatus() {
    return providerStatus;
  }

  /** Returns where it answers, once it does. */
  public Optional<URI> endpoint() {
    return Optional.ofNullable(endpoint);
  }

  /** Returns what it costs while it stands, whether asked or not; empty if that is unknown. */
  public Optional<Money> pricePerHour() {
    return Optional.ofNullable(pricePerHour);
  }

  /** Returns why it failed, in the provider's words. */
  public Optional<String> failureReason() {
    return Optional.ofNullable(failureReason);
  }

  /** Returns the marks that it carries. */
  public Map<String, String> labels() {
    return labels;
  }

  @Override
  public String toString() {
    return "Deployment(" + reference + ", " + model + ", " + status + ")";
  }

  /** Collects the parts of a snapshot. Not thread-safe. */
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

    /** Sets where it answers; null if it does not yet. */
    public Builder endpoint(@Nullable URI address) {
      endpoint = address;
      return this;
    }

    /** Sets what it costs while it stands; null if that is unknown. */
    public Builder pricePerHour(@Nullable Money price) {
      pricePerHour = price;
      return this;
    }

    /** Sets why it failed; null if it did not. */
    public Builder failureReason(@Nullable String reason) {
      failureReason = reason;
      return this;
    }

    /** Sets the marks that it carries. */
    public Builder labels(Map<String, String> marks) {
      labels = marks;
      return this;
    }

    /** Returns the snapshot. */
    public Deployment build() {
      return new Deployment(this);
    }
  }
}
