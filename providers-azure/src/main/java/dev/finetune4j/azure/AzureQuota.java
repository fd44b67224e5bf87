package dev.finetune4j.azure;

import dev.finetune4j.azure.AzureDeploymentOptions.Size;
import dev.finetune4j.error.NotFoundException;
import dev.finetune4j.error.PermissionException;
import dev.finetune4j.error.ProviderFailure;
import dev.finetune4j.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks before a deployment is created that it fits the model's SKUs, the account's quota and the
 * capacity left in its region. Information that the service omits or this caller may not see never
 * causes a refusal. Thread-safe.
 */
final class AzureQuota {
  private static final Logger LOG = LoggerFactory.getLogger(AzureQuota.class);

  private final ManagementPlane manager;

  AzureQuota(ManagementPlane manager) {
    this.manager = manager;
  }

  /**
   * Two to four requests, more if lists have several pages.
   *
   * @throws PermissionException if there is certainly not enough; the message says how much is left
   */
  void require(String model, String format, Size size) {
    ModelVersion wanted = ModelVersion.of(model);
    ModelVersion base = ModelVersion.of(wanted.base());
    Optional<JsonObject> listed =
        seen(manager::models).stream()
            .flatMap(item -> item.findObject("model").stream())
            .filter(item -> isOne(ModelVersion.read(item), wanted, base))
            .findFirst();
    if (listed.isPresent()) {
      requireSize(listed.get(), model, size);
    }
    requireRoom(format, base, size);
  }

  private static boolean isOne(ModelVersion listed, ModelVersion wanted, ModelVersion base) {
    return listed.equals(wanted) || listed.whole().equals(base.whole());
  }

  private void requireSize(JsonObject listed, String model, Size size) {
    List<JsonObject> skus = listed.objects("skus");
    Optional<JsonObject> sku =
        skus.stream().filter(each -> size.sku().equals(text(each, "name"))).findFirst();
    if (sku.isEmpty()) {
      // A tuned model supports SKUs that its base does not list, such as the developer tier.
      return;
    }
    String usage = text(sku.get(), "usageName");
    for (JsonObject entry : usage.isEmpty() ? List.<JsonObject>of() : seen(manager::usages)) {
      OptionalDouble limit = entry.findDouble("limit");
      boolean isIt =
          entry.findObject("name").filter(name -> usage.equals(text(name, "value"))).isPresent();
      if (isIt && limit.isPresent()) {
        double left = limit.getAsDouble() - entry.findDouble("currentValue").orElse(0);
        requireLeft(left, size, "the quota " + usage + " of this account for " + model);
      }
    }
  }

  private void requireRoom(String format, ModelVersion base, Size size) {
    List<JsonObject> capacities =
        seen(() -> manager.capacities(format, base.name(), base.version()));
    String region =
        capacities.isEmpty() ? "" : String.join("", seen(() -> List.of(manager.location())));
    for (JsonObject entry : capacities) {
      JsonObject room = entry.findObject("properties").orElse(JsonObject.empty());
      boolean isHere = region.equalsIgnoreCase(text(entry, "location"));
      OptionalDouble left = room.findDouble("availableFinetuneCapacity");
      if (isHere && size.sku().equals(text(room, "skuName")) && left.isPresent()) {
        requireLeft(left.getAsDouble(), size, "the region " + region + " for " + base.whole());
      }
    }
  }

  private static void requireLeft(double left, Size size, String where) {
    if (left < size.capacity()) {
      throw new PermissionException(
          ProviderFailure.of(
                  AzureProvider.ID,
                  "The deployment requests a capacity of "
                      + size.capacity()
                      + " "
                      + size.sku()
                      + ", but only "
                      + (long) left
                      + " are left in "
                      + where
                      + ". Request less, delete a deployment, or ask Azure for more quota.")
              .withCode("InsufficientQuota"));
    }
  }

  private static <T> List<T> seen(Supplier<List<T>> look) {
    try {
      return look.get();
    } catch (PermissionException | NotFoundException hidden) {
      LOG.debug("Could not look up the quota: {}", hidden.getMessage());
      return List.of();
    }
  }

  private static String text(JsonObject json, String name) {
    return json.findString(name).orElse("");
  }
}
