package dev.finetune4j.huggingface.internal.endpoint;

import dev.finetune4j.ModelReference;
import dev.finetune4j.cost.Money;
import dev.finetune4j.deployment.Deployment;
import dev.finetune4j.deployment.DeploymentReference;
import dev.finetune4j.deployment.DeploymentStatus;
import dev.finetune4j.huggingface.hub.HuggingFaceHub;
import dev.finetune4j.json.JsonObject;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Converts the service's description of an endpoint to core's types. Stateless. */
final class EndpointAnswers {
  private static final String MODULES = "--lora-modules";

  private EndpointAnswers() {}

  static Deployment snapshot(JsonObject json, Predicate<String> health, Optional<Money> price) {
    JsonObject status = json.requireObject("status");
    String state = status.requireString("state");
    Optional<String> url = status.findString("url");
    DeploymentStatus known = status(state);
    boolean answers =
        !state.equals("running")
            || url.filter(
                    address -> health.test(address + json.findString("healthRoute").orElse("/")))
                .isPresent();
    DeploymentStatus now =
        known == DeploymentStatus.READY && (url.isEmpty() || !answers)
            ? DeploymentStatus.CREATING
            : known;
    return Deployment.builder(reference(json), model(json), now)
        .providerStatus(state)
        .endpoint(url.map(address -> URI.create(address + "/v1")).orElse(null))
        .pricePerHour(price.orElse(null))
        .failureReason(
            now == DeploymentStatus.FAILED ? status.findString("message").orElse(null) : null)
        .labels(labels(json))
        .build();
  }

  private static DeploymentReference reference(JsonObject json) {
    return new DeploymentReference(HuggingFaceHub.HUGGING_FACE, json.requireString("name"));
  }

  private static DeploymentStatus status(String state) {
    return switch (state) {
      case "pending", "initializing", "updating" -> DeploymentStatus.CREATING;
      case "running", "scaledToZero" -> DeploymentStatus.READY;
      case "paused" -> DeploymentStatus.PAUSED;
      case "failed", "updateFailed" -> DeploymentStatus.FAILED;
      default -> DeploymentStatus.UNRECOGNIZED;
    };
  }

  /** Returns the adapter if the endpoint serves one, or else the repository. */
  static ModelReference model(JsonObject json) {
    JsonObject model = json.requireObject("model");
    List<String> arguments = model.list("args").stream().map(String::valueOf).toList();
    int modules = arguments.indexOf(MODULES);
    String name =
        modules >= 0 && modules + 1 < arguments.size()
            ? arguments.get(modules + 1).split("=", 2)[0]
            : model.requireString("repository");
    return new ModelReference(HuggingFaceHub.HUGGING_FACE, name);
  }

  private static Map<String, String> labels(JsonObject json) {
    Map<String, String> labels = new LinkedHashMap<>();
    for (Object tag : json.list("tags")) {
      String[] pair = String.valueOf(tag).split("=", 2);
      if (pair.length == 2) {
        labels.put(pair[0], pair[1]);
      }
    }
    return labels;
  }
}
