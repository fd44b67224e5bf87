package dev.finetune4j.simulator.azure;

import dev.finetune4j.json.JsonObject;
import dev.finetune4j.simulator.RateWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A deployment on the simulated account. Guarded by the account that it belongs to. */
final class SimulatedDeployment {
  static final String DEVELOPER = "DeveloperTier";
  private static final Duration DEVELOPER_LIFE = Duration.ofHours(24);
  private static final Duration IDLE_LIFE = Duration.ofDays(15);
  private static final Duration DELETING = Duration.ofSeconds(10);
  private static final int CAPACITY_OF_A_REQUEST = 1;

  final String name;
  final Instant createdAt;
  JsonObject sku;
  Map<String, Object> tags;
  final JsonObject model;
  private final AzureSettings settings;
  private RateWindow window;
  private Instant askedAt;
  private int version = 1;
  private @Nullable Instant deletedAt;

  SimulatedDeployment(
      AzureSettings settings,
      String name,
      JsonObject sku,
      JsonObject model,
      Map<String, Object> tags) {
    this.settings = settings;
    this.name = name;
    this.sku = sku;
    this.model = model;
    this.tags = Map.copyOf(tags);
    createdAt = settings.time.now();
    askedAt = createdAt;
    window = window();
  }

  /** Returns the name under which the data plane's parts know the model. */
  String servedModel() {
    String plain = text("name");
    String of = text("version");
    return of.matches("\\d{4}-\\d{2}-\\d{2}") ? plain + "-" + of : plain;
  }

  String sku() {
    return sku.findString("name").orElse("");
  }

  boolean isForBatches() {
    return sku().endsWith("Batch");
  }

  int capacity() {
    return (int) sku.findLong("capacity").orElse(1);
  }

  String state(Instant now) {
    if (deletedAt != null) {
      return "Deleting";
    }
    return now.isBefore(createdAt.plus(settings.creating)) ? "Creating" : "Succeeded";
  }

  boolean isBusy(Instant now) {
    return !state(now).equals("Succeeded");
  }

  boolean answers(Instant now) {
    return deletedAt == null
        && !now.isBefore(createdAt.plus(settings.creating).plus(settings.loading));
  }

  /** Returns whether it was deleted, by a request or by one of the service's own rules. */
  boolean isGone(Instant now) {
    Instant end = deletedAt;
    return (end != null && !now.isBefore(end.plus(DELETING)))
        || (sku().equals(DEVELOPER) && !now.isBefore(createdAt.plus(DEVELOPER_LIFE)))
        || (servedModel().contains(".ft-") && !now.isBefore(askedAt.plus(IDLE_LIFE)));
  }

  void delete(Instant now) {
    deletedAt = deletedAt == null ? now : deletedAt;
  }

  void resize(JsonObject other) {
    sku = JsonObject.of(other.asMap()).put("name", other.findString("name").orElse(sku()));
    version++;
    window = window();
  }

  /** Counts a question; returns how long to wait if there were too many, zero if not. */
  Duration ask(Instant now) {
    askedAt = now;
    return window.take(1);
  }

  JsonObject toJson(Instant now, String id) {
    JsonObject properties =
        JsonObject.empty()
            .put("model", model)
            .put("provisioningState", state(now))
            .put("currentCapacity", (long) capacity())
            .put("capabilities", Map.of("chatCompletion", "true"))
            .put(
                "rateLimits",
                List.of(
                    Map.of("key", "request", "renewalPeriod", 60L, "count", (long) capacity())));
    JsonObject json =
        JsonObject.empty()
            .put("id", id + "/deployments/" + name)
            .put("name", name)
            .put("type", "Microsoft.CognitiveServices/accounts/deployments")
            .put("etag", "\"" + createdAt.getEpochSecond() + "-" + version + "\"")
            .put("sku", sku)
            .put("properties", properties);
    return tags.isEmpty() ? json : json.put("tags", tags);
  }

  private RateWindow window() {
    return new RateWindow(settings.time, (long) capacity() * CAPACITY_OF_A_REQUEST);
  }

  private String text(String member) {
    return model.findString(member).orElse("");
  }
}
