package dev.finetune4j.deployment;

import dev.finetune4j.ModelReference;
import dev.finetune4j.ProviderId;
import dev.finetune4j.cost.Money;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.json.JsonSyntaxException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The right of one holder to one deployment until a certain time, so that an abandoned deployment
 * does not bill for ever. A snapshot from a {@link LeaseRegistry}, which creates and changes
 * leases. Immutable and thread-safe.
 */
public final class Lease {

  /** The label of a leased deployment, where the provider keeps labels; its value is the id. */
  public static final String LABEL = "finetune4j-lease";

  /** When the lease of a kept deployment expires: the last moment that every store can hold. */
  static final Instant NEVER = Instant.parse("9999-12-31T00:00:00Z");

  private static final long FORMAT = 1;
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
   * Returns the id of a deployment's lease, the same for each deployment of that name at that
   * provider: 1 to 40 lower-case letters, digits and hyphens.
   */
  static String idOf(ModelReference model, String deploymentName) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest((model.provider() + "\n" + deploymentName).getBytes(StandardCharsets.UTF_8));
      return "lease-" + HexFormat.of().formatHex(hash, 0, 10);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform provides SHA-256.", e);
    }
  }

  /** Returns the id, also the value of the deployment's {@link #LABEL}. */
  public String id() {
    return id;
  }

  /** Returns the deployed model. */
  public ModelReference model() {
    return model;
  }

  /** Returns the name of the deployment. */
  public String deploymentName() {
    return deploymentName;
  }

  /** Returns the holder, for example the id of a run. */
  public String holder() {
    return holder;
  }

  /** Returns when the deployment was last reserved, the earliest time at which it may bill. */
  public Instant reservedAt() {
    return reservedAt;
  }

  /** Returns when the lease expires unless it is renewed; in the year 9999 if it is kept. */
  public Instant expiresAt() {
    return expiresAt;
  }

  /**
   * Returns whether the deployment is kept: no sweep deletes it until the lease is renewed for a
   * limited time, or expired by {@link LeaseSweeper#sweep(Lease)}.
   */
  public boolean isKept() {
    return !expired && expiresAt.equals(NEVER);
  }

  /**
   * Returns whether the registry has expired the lease: it cannot be renewed, and a sweep deletes
   * the deployment. False for a lease past {@link #expiresAt()} that no sweep has seen yet.
   */
  public boolean isExpired() {
    return expired;
  }

  /** Returns the deployment; empty until it is confirmed. */
  public Optional<DeploymentReference> deployment() {
    return Optional.ofNullable(deployment);
  }

  /** Returns the price of each hour that the deployment exists; empty if unknown. */
  public Optional<Money> pricePerHour() {
    return Optional.ofNullable(pricePerHour);
  }

  /**
   * Returns the highest possible cost of the deployment from its reservation to {@code moment};
   * empty if the price is unknown.
   */
  public Optional<Money> costUntil(Instant moment) {
    long milliseconds = Math.max(0, Duration.between(reservedAt, moment).toMillis());
    BigDecimal hours =
        BigDecimal.valueOf(milliseconds).divide(MILLISECONDS_PER_HOUR, MathContext.DECIMAL64);
    return pricePerHour().map(price -> price.times(hours));
  }

  /** Returns {@code spec} with this lease's label, by which a sweep finds the deployment. */
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
        + (expired ? ", expired" : isKept() ? ", kept" : " until " + expiresAt)
        + ")";
  }

  /** Returns whether {@code other} is a snapshot of the same lease, not a later one of its name. */
  boolean isSameHolding(Lease other) {
    return id.equals(other.id)
        && holder.equals(other.holder)
        && reservedAt.equals(other.reservedAt);
  }

  /** Returns the lease as JSON, format 1; every released format stays readable. */
  String toJson() {
    JsonObject json =
        JsonObject.empty()
            .put("format", FORMAT)
            .put("id", id)
            .put("provider", model.provider().value())
            .put("model", model.name())
            .put("deploymentName", deploymentName)
            .put("holder", holder)
            .put("reservedAt", reservedAt.toString())
            .put("expiresAt", expiresAt.toString())
            .put("expired", expired)
            .putIfPresent("deployment", deployment().map(DeploymentReference::id));
    if (pricePerHour != null) {
      json.put("pricePerHour", pricePerHour.amount().toPlainString())
          .put("currency", pricePerHour.currency().getCurrencyCode());
    }
    return Json.writeIndented(json.asMap()) + "\n";
  }

  static Lease fromJson(String text) {
    JsonObject json = Json.parseObject(text);
    long format = json.requireLong("format");
    if (format != FORMAT) {
      throw new JsonSyntaxException(
          "Unknown lease format " + format + "; this release reads format " + FORMAT + ".");
    }
    ProviderId provider = new ProviderId(json.requireString("provider"));
    Builder lease =
        new Builder(
                new ModelReference(provider, json.requireString("model")),
                json.requireString("deploymentName"),
                json.requireString("holder"))
            .reservedAt(Instant.parse(json.requireString("reservedAt")))
            .expiresAt(Instant.parse(json.requireString("expiresAt")))
            .expired(json.findBoolean("expired").orElse(false));
    json.findString("deployment")
        .ifPresent(id -> lease.deployment(new DeploymentReference(provider, id)));
    json.findString("pricePerHour")
        .ifPresent(
            amount ->
                lease.pricePerHour(
                    new Money(
                        new BigDecimal(amount),
                        Currency.getInstance(json.requireString("currency")))));
    return lease.build();
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

  /** Builds a lease. Not thread-safe. */
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
