package dev.finetune4j.simulator.azure;

import dev.finetune4j.json.JsonObject;
import dev.finetune4j.simulator.Dispatch;
import dev.finetune4j.simulator.ErrorResponseException;
import dev.finetune4j.simulator.Identifiers;
import dev.finetune4j.simulator.Routes;
import dev.finetune4j.simulator.SimulatedRequest;
import dev.finetune4j.simulator.SimulatedResponse;
import dev.finetune4j.simulator.StoredContent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The resource manager; accepts only tokens of its own scope (reference: "ARM deployments"). */
final class ResourceManager implements Dispatch.RequestFilter {
  static final String SCOPE = "https://management.azure.com/.default";
  private static final String PROVIDER =
      "/subscriptions/{subscription}/providers/Microsoft.CognitiveServices";
  private static final String ACCOUNT =
      "/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.CognitiveServices"
          + "/accounts/{account}";
  private static final String ONE = ACCOUNT + "/deployments/{deployment}";
  private static final int PAGE = 5;
  private static final List<String> BASES =
      List.of("gpt-4.1", "gpt-4.1-mini", "gpt-4.1-nano", "gpt-4o", "gpt-4o-mini");
  private static final List<String> SKUS = List.of("Standard", "GlobalStandard", "DeveloperTier");

  private final AzureSettings settings;
  private final Tokens tokens;
  private final SimulatedDeployments deployments;
  private final Identifiers ids = new Identifiers(7);

  ResourceManager(AzureSettings settings, Tokens tokens, SimulatedDeployments deployments) {
    this.settings = settings;
    this.tokens = tokens;
    this.deployments = deployments;
  }

  void addTo(Routes routes) {
    routes
        .add("GET", ACCOUNT, this::account)
        .add("GET", ACCOUNT + "/deployments", this::list)
        .add("GET", ONE, request -> SimulatedResponse.json(json(required(request))))
        .add("PUT", ONE, this::put)
        .add("PATCH", ONE, this::patch)
        .add("DELETE", ONE, this::delete)
        .add("GET", ONE + "/skus", this::skus)
        .add("GET", ACCOUNT + "/models", request -> SimulatedResponse.json(page(models())))
        .add("GET", ACCOUNT + "/usages", request -> SimulatedResponse.json(page(usages())))
        .add(
            "GET",
            PROVIDER + "/locations/{location}/usages",
            r -> SimulatedResponse.json(page(usages())))
        .add("GET", PROVIDER + "/modelCapacities", r -> SimulatedResponse.json(page(capacities())));
  }

  private SimulatedResponse account(SimulatedRequest request) {
    return SimulatedResponse.json(
        JsonObject.empty()
            .put("name", AzureSettings.ACCOUNT)
            .put("location", AzureSettings.LOCATION)
            .put("kind", "OpenAI"));
  }

  private SimulatedResponse list(SimulatedRequest request) {
    int skipped = Integer.parseInt(request.query("$skip").orElse("0"));
    List<SimulatedDeployment> all = deployments.all();
    List<Object> items = new ArrayList<>();
    all.stream().skip(skipped).limit(PAGE).forEach(each -> items.add(json(each).asMap()));
    JsonObject answer = JsonObject.empty().put("value", items);
    if (skipped + PAGE < all.size()) {
      String host = request.header("Host").orElse("127.0.0.1");
      answer.put(
          "nextLink",
          "http://"
              + host
              + request.path()
              + "?api-version="
              + version(request)
              + "&%24skip="
              + (skipped + PAGE));
    }
    return SimulatedResponse.json(answer);
  }

  private SimulatedResponse put(SimulatedRequest request) throws ErrorResponseException {
    String name = request.variable("deployment");
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{1,63}")) {
      throw AzureAnswers.refusal(400, "InvalidResourceName", "The name '" + name + "' is invalid.");
    }
    boolean isNew = deployments.put(name, request.json());
    SimulatedDeployment made = deployments.find(name).orElseThrow();
    return SimulatedResponse.json(isNew ? 201 : 200, json(made));
  }

  private SimulatedResponse patch(SimulatedRequest request) throws ErrorResponseException {
    SimulatedDeployment found = required(request);
    deployments.resize(found, request.json());
    return SimulatedResponse.json(json(found));
  }

  private SimulatedResponse delete(SimulatedRequest request) throws ErrorResponseException {
    Optional<SimulatedDeployment> found = deployments.find(request.variable("deployment"));
    if (found.isEmpty()) {
      return SimulatedResponse.content(204, "text/plain", StoredContent.of(""));
    }
    deployments.delete(found.get());
    return SimulatedResponse.content(202, "text/plain", StoredContent.of(""));
  }

  private SimulatedResponse skus(SimulatedRequest request) throws ErrorResponseException {
    SimulatedDeployment found = required(request);
    return SimulatedResponse.json(
        page(List.of(Map.of("resourceType", "deployments", "sku", found.sku.asMap()))));
  }

  private List<Object> models() {
    List<Object> models = new ArrayList<>();
    for (String base : BASES) {
      List<Object> skus = new ArrayList<>();
      SKUS.forEach(sku -> skus.add(Map.of("name", sku, "usageName", usage(sku, base))));
      models.add(
          Map.of(
              "kind",
              "OpenAI",
              "model",
              Map.of("format", "OpenAI", "name", base, "version", dateOf(base), "skus", skus)));
    }
    return models;
  }

  /** One quota for each size, whatever the model, under each model's name for it. */
  private List<Object> usages() {
    List<Object> usages = new ArrayList<>();
    for (String base : BASES) {
      for (String sku : SKUS) {
        usages.add(
            Map.of(
                "unit",
                "Count",
                "name",
                Map.of("value", usage(sku, base)),
                "currentValue",
                (long) deployments.used(sku),
                "limit",
                (long) settings.quota(sku)));
      }
    }
    return usages;
  }

  private List<Object> capacities() {
    List<Object> capacities = new ArrayList<>();
    for (String sku : SKUS) {
      long left = settings.quota(sku) - (long) deployments.used(sku);
      Map<String, Object> room =
          Map.of("skuName", sku, "availableCapacity", left, "availableFinetuneCapacity", left);
      capacities.add(Map.of("location", AzureSettings.LOCATION, "properties", room));
    }
    return capacities;
  }

  private static String usage(String sku, String base) {
    return "OpenAI." + sku + "." + base;
  }

  private static String dateOf(String base) {
    return switch (base) {
      case "gpt-4o" -> "2024-08-06";
      case "gpt-4o-mini" -> "2024-07-18";
      default -> "2025-04-14";
    };
  }

  private SimulatedDeployment required(SimulatedRequest request) throws ErrorResponseException {
    String name = request.variable("deployment");
    return deployments
        .find(name)
        .orElseThrow(
            () ->
                AzureAnswers.refusal(
                    404, "DeploymentNotFound", "Deployment '" + name + "' was not found."));
  }

  private JsonObject json(SimulatedDeployment deployment) {
    Instant now = settings.time.now();
    return deployment.toJson(
        now,
        "/subscriptions/"
            + AzureSettings.SUBSCRIPTION
            + "/resourceGroups/"
            + AzureSettings.RESOURCE_GROUP
            + "/providers/Microsoft.CognitiveServices/accounts/"
            + AzureSettings.ACCOUNT);
  }

  private static JsonObject page(List<?> items) {
    return JsonObject.empty().put("value", items);
  }

  private static String version(SimulatedRequest request) {
    return request.query("api-version").orElse("");
  }

  @Override
  public void admit(SimulatedRequest request, String template) throws ErrorResponseException {
    if (!tokens.isGood(request, SCOPE)) {
      throw AzureAnswers.refusal(
          401,
          "AuthenticationFailed",
          "Authentication failed. The token is missing or not for us.");
    }
    if (!version(request).matches("\\d{4}-\\d{2}-\\d{2}(-preview)?")) {
      throw AzureAnswers.refusal(
          400, "MissingApiVersionParameter", "The api-version query parameter is required.");
    }
    List<String> path = request.segments();
    boolean isOurs =
        path.contains(AzureSettings.SUBSCRIPTION)
            && (!path.contains("accounts") || path.contains(AzureSettings.ACCOUNT));
    if (!isOurs) {
      throw AzureAnswers.refusal(404, "ResourceNotFound", "The account was not found.");
    }
  }

  @Override
  public SimulatedResponse dress(SimulatedRequest request, SimulatedResponse answer) {
    return answer.withHeader("x-ms-request-id", ids.next("", 32));
  }

  @Override
  public SimulatedResponse notFound(SimulatedRequest request) {
    return AzureAnswers.error(404, "InvalidResourceType", "There is no such resource type.");
  }

  @Override
  public SimulatedResponse unreadable(SimulatedRequest request, RuntimeException cause) {
    return AzureAnswers.error(400, "InvalidRequestContent", "The simulator failed: " + cause);
  }
}
