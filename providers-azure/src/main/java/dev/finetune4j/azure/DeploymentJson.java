package dev.finetune4j.azure;

import dev.finetune4j.ModelReference;
import dev.finetune4j.azure.AzureDeploymentOptions.Size;
import dev.finetune4j.azure.AzureDeploymentOptions.Sku;
import dev.finetune4j.catalog.CatalogEntry;
import dev.finetune4j.catalog.ModelCatalog;
import dev.finetune4j.cost.Money;
import dev.finetune4j.deployment.Deployment;
import dev.finetune4j.deployment.DeploymentReference;
import dev.finetune4j.deployment.DeploymentSpec;
import dev.finetune4j.deployment.DeploymentStatus;
import dev.finetune4j.json.JsonObject;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads and writes the resource manager's JSON of deployments. Immutable and thread-safe. */
record DeploymentJson(ModelCatalog catalog) {
  private static final Set<String> BY_THE_HOUR =
      Set.of(Sku.STANDARD.word(), Sku.GLOBAL_STANDARD.word());

  static JsonObject body(DeploymentSpec spec, Size size, AzureDeploymentOptions options) {
    ModelVersion deployed = ModelVersion.of(spec.model().name());
    JsonObject model =
        JsonObject.empty()
            .put("format", options.format(deployed.base()))
            .put("name", deployed.name())
            .put("version", deployed.version())
            .putIfPresent("source", options.source());
    JsonObject body = size(size).put("properties", JsonObject.empty().put("model", model));
    return spec.labels().isEmpty() ? body : body.put("tags", spec.labels());
  }

  static JsonObject size(Size size) {
    return JsonObject.empty()
        .put("sku", JsonObject.empty().put("name", size.sku()).put("capacity", size.capacity()));
  }

  /** Returns a snapshot of what the resource manager reports. */
  Deployment.Builder snapshot(JsonObject json) {
    JsonObject properties = json.findObject("properties").orElse(JsonObject.empty());
    ModelVersion model =
        ModelVersion.read(properties.findObject("model").orElse(JsonObject.empty()));
    String state = state(json);
    DeploymentStatus status = status(state);
    return Deployment.builder(
            new DeploymentReference(AzureProvider.ID, json.requireString("name")),
            new ModelReference(AzureProvider.ID, model.whole()),
            status)
        .providerStatus(state)
        .failureReason(
            status == DeploymentStatus.FAILED
                ? "The resource manager reports " + state + "; see the account's activity log"
                : null)
        .pricePerHour(price(sku(json), model))
        .labels(tags(json));
  }

  static String state(JsonObject json) {
    return json.findObject("properties")
        .flatMap(properties -> properties.findString("provisioningState"))
        .orElse("");
  }

  static String sku(JsonObject json) {
    return json.findObject("sku").flatMap(sku -> sku.findString("name")).orElse("");
  }

  private static DeploymentStatus status(String state) {
    return switch (state) {
      case "Accepted", "Creating", "Moving" -> DeploymentStatus.CREATING;
      case "Succeeded" -> DeploymentStatus.READY;
      case "Deleting" -> DeploymentStatus.DELETING;
      case "Failed", "Canceled", "Disabled" -> DeploymentStatus.FAILED;
      default -> DeploymentStatus.UNRECOGNIZED;
    };
  }

  /**
   * Unknown for provisioned units, which are priced separately; zero for base models, which are
   * billed by token.
   */
  private @Nullable Money price(String sku, ModelVersion model) {
    if (sku.equals(Sku.DEVELOPER_TIER.word())) {
      return Money.dollars(BigDecimal.ZERO);
    }
    return BY_THE_HOUR.contains(sku) && model.isTuned()
        ? catalog.find(model.base()).flatMap(CatalogEntry::hostingPricePerHour).orElse(null)
        : null;
  }

  private static Map<String, String> tags(JsonObject json) {
    Map<String, String> tags = new LinkedHashMap<>();
    json.findObject("tags")
        .orElse(JsonObject.empty())
        .asMap()
        .forEach((name, value) -> tags.put(name, String.valueOf(value)));
    return tags;
  }
}
