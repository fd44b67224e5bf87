package dev.finetune4j.simulator.azure;

import dev.finetune4j.json.JsonObject;
import dev.finetune4j.simulator.ErrorResponseException;
import dev.finetune4j.simulator.Routes;
import dev.finetune4j.simulator.SimulatedRequest;
import dev.finetune4j.simulator.SimulatedResponse;
import dev.finetune4j.simulator.StoredContent;
import dev.finetune4j.simulator.openai.OpenAiParts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The routes on which Azure's data plane differs from OpenAI's; the others are OpenAI's. */
final class DataPlane {
  private static final String JOB = "/fine_tuning/jobs/{fine_tuning_job_id}";
  private static final Set<String> TRAINING_TYPES =
      Set.of("standard", "globalstandard", "developertier");

  private final AzureSettings settings;
  private final OpenAiParts parts;
  private final SimulatedDeployments deployments;
  private final Map<String, String> trainingTypes = new ConcurrentHashMap<>();
  private final Map<String, Copy> copies = new ConcurrentHashMap<>();

  DataPlane(AzureSettings settings, OpenAiParts parts, SimulatedDeployments deployments) {
    this.settings = settings;
    this.parts = parts;
    this.deployments = deployments;
  }

  private record Copy(JsonObject body, Instant doneAt, String model) {}

  Routes v1() {
    Routes routes = new Routes();
    addCommon(routes);
    String copy = JOB + "/checkpoints/{checkpoint_id}/copy";
    routes
        .add("POST", "/chat/completions", request -> chat(request, model(request)))
        .add("POST", copy, this::copy)
        .add("GET", copy, this::copied);
    parts.addTo(routes);
    return routes;
  }

  Routes classic() {
    Routes routes = new Routes();
    addCommon(routes);
    routes
        .add("DELETE", JOB, this::deleteJob)
        .add("POST", "/files/import", this::importFile)
        .add(
            "POST",
            "/deployments/{deployment}/chat/completions",
            request -> chat(request, request.variable("deployment")));
    parts.addTo(routes);
    parts.addUploadsTo(routes);
    parts.addBatchesTo(routes, "/chat/completions", this::servedToBatches);
    return routes;
  }

  Map<String, String> trainingTypes() {
    return trainingTypes;
  }

  private void addCommon(Routes routes) {
    Routes own = new Routes();
    parts.addTo(own);
    routes.add("POST", "/fine_tuning/jobs", request -> create(request, own));
    routes.add("POST", "/files", request -> upload(request, own));
  }

  private SimulatedResponse create(SimulatedRequest request, Routes own)
      throws ErrorResponseException {
    JsonObject body = request.json();
    String type = body.findString("trainingType").orElse("").toLowerCase(Locale.ROOT);
    if (!TRAINING_TYPES.contains(type)) {
      throw AzureAnswers.refusal(
          400, "invalidPayload", "The specified base model does not support fine-tuning.");
    }
    String suffix = body.findString("suffix").orElse("");
    if (!suffix.matches("[A-Za-z0-9_-]{0,40}")) {
      throw AzureAnswers.refusal(
          400, "invalidPayload", "The suffix has up to 40 letters, digits, - and _.");
    }
    SimulatedResponse answer = own.handle(request);
    if (answer.tree() instanceof Map<?, ?> job) {
      String word =
          type.equals("globalstandard")
              ? "GlobalStandard"
              : type.equals("standard") ? "Standard" : "developerTier";
      trainingTypes.put(String.valueOf(job.get("id")), word);
    }
    return answer;
  }

  private SimulatedResponse upload(SimulatedRequest request, Routes own)
      throws ErrorResponseException {
    if (parts.filesWithoutExpiry() >= settings.mostFiles) {
      throw AzureAnswers.refusal(
          400,
          "quotaExceeded",
          "The quota for files without expiry is reached. The maximum is "
              + settings.mostFiles
              + ".");
    }
    return own.handle(request);
  }

  private SimulatedResponse deleteJob(SimulatedRequest request) throws ErrorResponseException {
    if (!parts.deleteJob(request.variable("fine_tuning_job_id"))) {
      throw AzureAnswers.refusal(404, "notFound", "There is no such job.");
    }
    return SimulatedResponse.content(204, "text/plain", StoredContent.of(""));
  }

  private SimulatedResponse importFile(SimulatedRequest request) throws ErrorResponseException {
    JsonObject body = request.json();
    String address = body.findString("content_url").orElse("");
    if (!address.startsWith("https://")) {
      throw AzureAnswers.refusal(400, "fileImportFailed", "The address must be https.");
    }
    return SimulatedResponse.json(
        201,
        parts.keepFile(
            body.findString("filename").orElse("imported.jsonl"),
            body.findString("purpose").orElse("fine-tune"),
            StoredContent.of("{\"messages\":[]}\n")));
  }

  private Optional<String> servedToBatches(String deployment) {
    return deployments
        .servedToBatches(deployment)
        .map(served -> parts.checkpointModel(served).orElse(served));
  }

  private static String model(SimulatedRequest request) {
    return request.json().findString("model").orElse("");
  }

  private SimulatedResponse chat(SimulatedRequest request, String name)
      throws ErrorResponseException {
    JsonObject body = request.json();
    Instant now = settings.time.now();
    Optional<SimulatedDeployment> found = deployments.find(name);
    if (found.isEmpty() || !found.get().answers(now)) {
      throw AzureAnswers.refusal(
          404,
          "DeploymentNotFound",
          "The API deployment for this resource does not exist. If you created the deployment"
              + " within the last 5 minutes, please wait a moment and try again.");
    }
    if (found.get().isForBatches()) {
      throw AzureAnswers.refusal(
          400, "OperationNotSupported", "Deployment " + name + " takes batches only.");
    }
    Duration wait = found.get().ask(now);
    if (!wait.isZero()) {
      long seconds = wait.toSeconds() + 1;
      throw new ErrorResponseException(
          AzureAnswers.error(429, "429", "Rate limit of this deployment: wait " + seconds + " s.")
              .withHeader("Retry-After", String.valueOf(seconds))
              .withHeader("retry-after-ms", String.valueOf(wait.toMillis() + 1)));
    }
    if (body.objects("messages").stream()
        .anyMatch(
            message -> settings.filtered.test(String.valueOf(message.asMap().get("content"))))) {
      throw new ErrorResponseException(AzureAnswers.contentFiltered());
    }
    String served = found.get().servedModel();
    body.put("model", parts.checkpointModel(served).orElse(served));
    if (body.findBoolean("stream").orElse(false)) {
      return parts.stream(body);
    }
    return SimulatedResponse.json(
        parts.complete(body).put("prompt_filter_results", List.of(filterResult())));
  }

  private static Map<String, Object> filterResult() {
    return Map.of("prompt_index", 0L, "content_filter_results", Map.of());
  }

  private SimulatedResponse copy(SimulatedRequest request) throws ErrorResponseException {
    requirePreview(request);
    JsonObject body = request.json();
    String checkpoint = request.variable("checkpoint_id");
    String model =
        parts
            .checkpointModel(checkpoint)
            .orElseThrow(() -> AzureAnswers.refusal(404, "notFound", "No such checkpoint."));
    Instant doneAt = settings.time.now().plus(Duration.ofMinutes(5));
    copies.putIfAbsent(checkpoint, new Copy(body, doneAt, model));
    return copied(request);
  }

  private SimulatedResponse copied(SimulatedRequest request) throws ErrorResponseException {
    requirePreview(request);
    Copy copy = copies.get(request.variable("checkpoint_id"));
    if (copy == null) {
      throw AzureAnswers.refusal(404, "notFound", "That checkpoint was not copied.");
    }
    String destination = copy.body().findString("destinationResourceId").orElse("");
    boolean isDone = !settings.time.now().isBefore(copy.doneAt());
    String status =
        destination.contains("no-training") ? "Failed" : isDone ? "Completed" : "InProgress";
    return SimulatedResponse.json(
        JsonObject.empty()
            .put("checkpointedModelName", copy.model())
            .put("fineTuningJobId", request.variable("fine_tuning_job_id"))
            .put(
                "copiedAccountDetails",
                List.of(
                    Map.of(
                        "destinationResourceId",
                        destination,
                        "region",
                        copy.body().findString("region").orElse(""),
                        "status",
                        status))));
  }

  private static void requirePreview(SimulatedRequest request) throws ErrorResponseException {
    if (!"preview".equals(request.header("aoai-copy-ft-checkpoints").orElse(""))) {
      throw AzureAnswers.refusal(400, "invalidPayload", "The preview header is missing.");
    }
  }
}
