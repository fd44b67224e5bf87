package dev.finetune4j.huggingface.internal.serving;

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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Converts the service's description of a serving job to core's types. Stateless. */
final class ServingAnswers {
  private ServingAnswers() {}

  /**
   * Returns the snapshot. A job that has ended counts as deleted: it is not billed and cannot be
   * restarted.
   *
   * @param served returns the models served at an address; empty while nothing answers there
   */
  static Deployment snapshot(
      JsonObject job, Function<URI, Optional<List<String>>> served, Optional<Money> pricePerHour) {
    JsonObject status = job.requireObject("status");
    String stage = status.requireString("stage");
    Optional<URI> url = url(status);
    DeploymentStatus now = status(stage);
    @Nullable String reason = now == DeploymentStatus.DELETED ? ended(stage, status) : null;
    if (stage.equals("RUNNING") && url.isPresent()) {
      Optional<List<String>> names = served.apply(url.get());
      boolean isRight = names.map(list -> list.contains(model(job))).orElse(false);
      now = isRight ? DeploymentStatus.READY : now;
      if (names.isPresent() && !isRight) {
        now = DeploymentStatus.FAILED;
        reason = "The server lists " + names.get() + ", not \"" + model(job) + "\".";
      }
    }
    return Deployment.builder(reference(job), reference(model(job)), now)
        .providerStatus(stage)
        .endpoint(url.orElse(null))
        .pricePerHour(pricePerHour.orElse(null))
        .failureReason(reason)
        .labels(labels(job))
        .build();
  }

  static String model(JsonObject job) {
    return job.findObject("environment")
        .flatMap(all -> all.findString(ServingOrder.MODEL))
        .orElse("");
  }

  static String name(JsonObject job) {
    return labels(job).getOrDefault(ServingOrder.NAME_LABEL, "");
  }

  static boolean isStanding(JsonObject job) {
    String stage = job.requireObject("status").requireString("stage");
    return status(stage) != DeploymentStatus.DELETED;
  }

  private static DeploymentStatus status(String stage) {
    return switch (stage) {
      case "SCHEDULING", "RUNNING", "UPDATING" -> DeploymentStatus.CREATING;
      case "DELETING" -> DeploymentStatus.DELETING;
      case "COMPLETED", "ERROR", "CANCELED", "DELETED", "STOPPED" -> DeploymentStatus.DELETED;
      default -> DeploymentStatus.UNRECOGNIZED;
    };
  }

  private static String ended(String stage, JsonObject status) {
    return "Its job has ended: "
        + stage
        + status.findString("message").map(message -> ", " + message).orElse("")
        + ".";
  }

  private static Optional<URI> url(JsonObject status) {
    return status.list("exposeUrls").stream()
        .map(address -> String.valueOf(address).replaceAll("/+$", ""))
        .findFirst()
        .map(address -> URI.create(address + "/v1"));
  }

  private static DeploymentReference reference(JsonObject job) {
    return new DeploymentReference(HuggingFaceHub.HUGGING_FACE, job.requireString("id"));
  }

  private static ModelReference reference(String model) {
    return new ModelReference(HuggingFaceHub.HUGGING_FACE, model.isEmpty() ? "unknown" : model);
  }

  private static Map<String, String> labels(JsonObject job) {
    Map<String, String> labels = new LinkedHashMap<>();
    job.findObject("labels")
        .ifPresent(
            all -> all.asMap().forEach((name, value) -> labels.put(name, String.valueOf(value))));
    return labels;
  }
}
