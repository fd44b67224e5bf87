package dev.finetune4j.simulator.azure;

import dev.finetune4j.json.JsonObject;
import dev.finetune4j.simulator.ErrorResponseException;
import dev.finetune4j.simulator.openai.OpenAiParts;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The deployments of the simulated account at the current time of the clock. Thread-safe. */
final class SimulatedDeployments {
  private static final Set<String> SKUS =
      Set.of(
          "Standard",
          "GlobalStandard",
          "DataZoneStandard",
          "ProvisionedManaged",
          "GlobalProvisionedManaged",
          "DeveloperTier",
          "GlobalBatch",
          "DataZoneBatch");

  private final AzureSettings settings;
  private final OpenAiParts parts;
  private final Map<String, SimulatedDeployment> standing = new LinkedHashMap<>();
  // The data plane's batches look here from within its own monitor, so this one must not be waited
  // for: a deployment that is being made asks the data plane for its model.
  private volatile Map<String, SimulatedDeployment> seen = Map.of();
  private int created;

  SimulatedDeployments(AzureSettings settings, OpenAiParts parts) {
    this.settings = settings;
    this.parts = parts;
  }

  synchronized int created() {
    return created;
  }

  synchronized List<SimulatedDeployment> all() {
    Instant now = settings.time.now();
    standing.values().removeIf(deployment -> deployment.isGone(now));
    return List.copyOf(standing.values());
  }

  synchronized Optional<SimulatedDeployment> find(String name) {
    return all().stream().filter(each -> each.name.equals(name)).findFirst();
  }

  /** Returns the model that the deployment of that name serves to batches; does not block. */
  Optional<String> servedToBatches(String name) {
    Instant now = settings.time.now();
    return Optional.ofNullable(seen.get(name))
        .filter(each -> each.isForBatches() && !each.isGone(now))
        .map(SimulatedDeployment::servedModel);
  }

  synchronized boolean put(String name, JsonObject body) throws ErrorResponseException {
    Optional<SimulatedDeployment> present = find(name);
    requireIdle(name);
    JsonObject sku = body.findObject("sku").orElse(JsonObject.empty());
    JsonObject model =
        body.findObject("properties")
            .flatMap(properties -> properties.findObject("model"))
            .orElse(JsonObject.empty());
    SimulatedDeployment wanted = new SimulatedDeployment(settings, name, sku, model, tags(body));
    check(wanted, present.map(SimulatedDeployment::capacity).orElse(0));
    if (present.isPresent() && present.get().servedModel().equals(wanted.servedModel())) {
      present.get().resize(sku);
      present.get().tags = wanted.tags;
      return false;
    }
    standing.put(name, wanted);
    seen = Map.copyOf(standing);
    created++;
    return present.isEmpty();
  }

  synchronized void resize(SimulatedDeployment deployment, JsonObject body)
      throws ErrorResponseException {
    requireIdle(deployment.name);
    deployment.resize(body.findObject("sku").orElse(deployment.sku));
  }

  synchronized void delete(SimulatedDeployment deployment) throws ErrorResponseException {
    Instant now = settings.time.now();
    if (!deployment.state(now).equals("Deleting")) {
      requireOthersIdle(deployment.name);
      deployment.delete(now);
    }
  }

  int used(String sku) {
    return all().stream()
        .filter(each -> each.sku().equals(sku))
        .mapToInt(SimulatedDeployment::capacity)
        .sum();
  }

  private void requireIdle(String name) throws ErrorResponseException {
    Instant now = settings.time.now();
    if (find(name).filter(each -> each.isBusy(now)).isPresent()) {
      throw conflict(name);
    }
    requireOthersIdle(name);
  }

  private void requireOthersIdle(String name) throws ErrorResponseException {
    Instant now = settings.time.now();
    for (SimulatedDeployment each : all()) {
      if (!each.name.equals(name) && each.isBusy(now)) {
        throw conflict(each.name);
      }
    }
  }

  private static ErrorResponseException conflict(String name) {
    return AzureAnswers.refusal(
        409,
        "RequestConflict",
        "Another operation is being performed on the parent resource: deployment " + name + ".");
  }

  private void check(SimulatedDeployment wanted, int given) throws ErrorResponseException {
    if (!SKUS.contains(wanted.sku())) {
      throw AzureAnswers.refusal(
          400, "InvalidResourceProperties", "The SKU '" + wanted.sku() + "' is not supported.");
    }
    if (wanted.sku().equals(SimulatedDeployment.DEVELOPER)
        && !wanted.servedModel().contains(".ft-")
        && parts.checkpointModel(wanted.servedModel()).isEmpty()) {
      throw AzureAnswers.refusal(
          400, "InvalidResourceProperties", "DeveloperTier is for fine-tuned models.");
    }
    if (!"OpenAI".equals(wanted.model.findString("format").orElse(""))) {
      // The service says no more than this of a wrong maker.
      throw AzureAnswers.refusal(500, "InternalServerError", "An error occurred.");
    }
    if (!parts.knows(wanted.servedModel())
        && parts.checkpointModel(wanted.servedModel()).isEmpty()) {
      throw AzureAnswers.refusal(
          400,
          "DeploymentModelNotSupported",
          "The model '" + wanted.servedModel() + "' of account deployment is not supported.");
    }
    int left = settings.quota(wanted.sku()) - used(wanted.sku()) + given;
    if (wanted.capacity() > left) {
      throw AzureAnswers.refusal(
          400,
          "InsufficientQuota",
          "This operation require "
              + wanted.capacity()
              + " new capacity in quota, which is bigger than the current available capacity "
              + left
              + ".");
    }
  }

  private static Map<String, Object> tags(JsonObject body) {
    Map<String, Object> tags = new LinkedHashMap<>();
    body.findObject("tags")
        .orElse(JsonObject.empty())
        .asMap()
        .forEach((name, value) -> tags.put(name, String.valueOf(value)));
    return tags;
  }
}
