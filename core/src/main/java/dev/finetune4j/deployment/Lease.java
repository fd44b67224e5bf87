package dev.finetune4j.deployment;

import dev.finetune4j.ModelReference;
import dev.finetune4j.cost.Money;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The right of one holder to one deployment until a moment: what keeps a deployment from billing
 * after nobody wants it. A {@link LeaseRegistry} makes and changes leases; this is one as it stood
 * in the book at one moment. Immutable and thread-safe.
 */
public final class Lease {

  /** The label that a leased deployment carries, where the provider keeps labels; its id. */
  public static final String LABEL = "finetune4j-lease";

  private static final BigDecimal MILLISECONDS_PER_HOUR = BigDecimal.valueOf(3_600_000);

  private final String id;
  private final ModelReference model;
  private final String deploymentName;
  private final String holder;
  private final Instant reservedAt;
  private final Instant expiresAt;
  private final boolean expired;
  private final @Nullable DeploymentReference deployment;
  private final @Nullable Money pricePerHour;

  private Lease(Builder builder) {
    model = builder.model;
    deploymentName = builder.deploymentName;
    holder = builder.holder;
    reservedAt = builder.reservedAt;
    expiresAt = builder.expiresAt;
    expired = builder.expired;
    deployment = builder.deployment;
    pricePerHour = builder.pricePerHour;
    id = idOf(model, deploymentName);
  }

  /**
   * Returns the id that the lease of this deployment has: the same name at the same provider always
   * gives the same id, 1 to 40 lower-case letters, digits and hyphens.
   */
  static String idOf(ModelReference model, String deploymentName) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest((model.provider() + "\n" + deploymentName).getBytes(StandardCharsets.UTF_8));
      return "lease-" + HexFormat.of().formatHex(hash, 0, 10);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256, and this one has not.", e);
    }
  }

  /** Returns the id, which is also the value of the deployment's {@link #LABEL}. */
  public String id() {
    return id;
  }

  /** Returns what answers, or would. */
  public ModelReference model() {
    return model;
  }

  /** Returns the name in the wish for the deployment. */
  public String deploymentName() {
    return deploymentName;
  }

  /** Returns who holds it, for example the id of a run. */
  public String holder() {
    return holder;
  }

  /**
   * Returns when the deployment was wished for, the last time if it took several: it may bill from
   * here on.
   */
  public Instant reservedAt() {
    return reservedAt;
  }

  /** Returns when the next sweep takes the deployment away, unless the lease is renewed before. */
  public Instant expiresAt() {
    return expiresAt;
  }

  /** Returns whether the lease is over for good: a sweep deletes the deployment. */
  public boolean isExpired() {
    return expired;
  }

  /** Returns the deployment, empty while it is only intended. */
  public Optional<DeploymentReference> deployment() {
    return Optional.ofNullable(deployment);
  }

  /** Returns what the deployment costs while it stands; empty if that is unknown. */
  public Optional<Money> pricePerHour() {
    return Optional.ofNullable(pricePerHour);
  }

  /**
   * Returns what the deployment cost from its intent to {@code moment}, at most; empty if the price
   * is unknown.
   */
  public Optional<Money> costUntil(Instant moment) {
    long milliseconds = Math.max(0, Duration.between(reservedAt, moment).toMillis());
    BigDecimal hours =
        BigDecimal.valueOf(milliseconds).divide(MILLISECONDS_PER_HOUR, MathContext.DECIMAL64);
    return pricePerHour().map(price -> price.times(hours));
  }

  /** Returns the wish with this lease's label added; deploy this one, so that it can be found. */
  public DeploymentSpec labelled(DeploymentSpec spec) {
    Map<String, String> labels = new LinkedHashMap<>(spec.labels());
    labels.put(LABEL, id);
    return new DeploymentSpec(spec.model(), spec.name(), spec.capacity(), labels);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Lease that
        && id.equals(that.id)
        && model.equals(that.model)
        && holder.equals(that.holder)
        && reservedAt.equals(that.reservedAt)
        && expiresAt.equals(that.expiresAt)
        && expired == that.expired
        && Objects.equals(deployment, that.deployment)
        && Objects.equals(pricePerHour, that.pricePerHour);
  }

  @Override
  public int hashCode() {
    return Objects.hash(id, holder, reservedAt, expiresAt, expired, deployment);
  }

  @Override
  public String toString() {
    return "Lease("
        + model.provider()
        + ":"
        + deploymentName
        + ", held by "
        + holder
        + (expired ? ", expired" : " until " + expiresAt)
        + ")";
  }

  /** Returns whether {@code other} is this lease at another moment, not a later one of its name. */
  boolean isSameHolding(Lease other) {
    return id.equals(other.id)
        && holder.equals(other.holder)
        && reservedAt.equals(other.reservedAt);
  }

  Builder toBuilder() {
    Builder builder = new Builder(model, deploymentName, holder);
    builder.reservedAt = reservedAt;
    builder.expiresAt = expiresAt;
    builder.expired = expired;
    builder.deployment = deployment;
    builder.pricePerHour = pricePerHour;
    return builder;
  }

  /** Collects the parts of a lease. Not thread-safe. */
  static final class Builder {
    private final ModelReference model;
    private final String deploymentName;
    private final String holder;
    private Instant reservedAt = Instant.EPOCH;
    private Instant expiresAt = Instant.EPOCH;
    private boolean expired;
    private @Nullable DeploymentReference deployment;
    private @Nullable Money pricePerHour;

    Builder(ModelReference model, String deploymentName, String holder) {
      this.model = model;
      this.deploymentName = deploymentName;
      this.holder = holder;
    }

    Builder reservedAt(Instant moment) {
      reservedAt = moment;
      return this;
    }

    Builder expiresAt(Instant moment) {
      expiresAt = moment;
      return this;
    }

    Builder expired(boolean value) {
      expired = value;
      return this;
    }

    Builder deployment(@Nullable DeploymentReference reference) {
      deployment = reference;
      return this;
    }

    Builder pricePerHour(@Nullable Money price) {
      pricePerHour = price;
      return this;
    }

    Lease build() {
      return new Lease(this);
    }
  }
}
