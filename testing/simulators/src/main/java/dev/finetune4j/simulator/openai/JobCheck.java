package dev.finetune4j.simulator.openai;

import dev.finetune4j.json.JsonObject;
import dev.finetune4j.simulator.ErrorResponseException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks the members of a job that is to be created (reference: "Create"). */
final class JobCheck {
  private static final int MAXIMUM_SUFFIX = 64;
  private static final Set<String> METHODS = Set.of("supervised", "dpo", "reinforcement");

  private final State state;
  private final JsonObject body;
  private final Instant now;

  JobCheck(State state, JsonObject body, Instant now) {
    this.state = state;
    this.body = body;
    this.now = now;
  }

  JobRequest check() throws ErrorResponseException {
    String model = required("model");
    required(JobRequest.TRAINING_FILE);
    Optional<JsonObject> method = body.findObject("method");
    String type = method.flatMap(found -> found.findString("type")).orElse("supervised");
    if (!METHODS.contains(type)) {
      throw OpenAiErrors.invalid(
          "method.type",
          null,
          "'" + type + "' is not one of " + METHODS.stream().sorted().toList());
    }
    SimulatedBaseModel base = base(model, type);
    JobRequest.Method checked = method(type, method.orElse(JsonObject.empty()));
    return new JobRequest(
        base, base.alias().equals(model) ? base.name() : model, inputs(), checked, choices());
  }

  private SimulatedBaseModel base(String model, String method) throws ErrorResponseException {
    SimulatedBaseModel base =
        state
            .findTuned(model, now)
            .map(TunedModel::base)
            .or(() -> SimulatedBaseModel.find(model))
            .filter(found -> found.methods().contains(method))
            .orElse(null);
    if (base == null) {
      throw OpenAiErrors.invalid(
          "model",
          "model_not_available",
          "Model " + model + " is not available for fine-tuning or does not exist.");
    }
    return base;
  }

  private JobRequest.Method method(String type, JsonObject method) throws ErrorResponseException {
    JsonObject details = method.findObject(type).orElse(JsonObject.empty());
    JsonObject hyperparameters =
        details
            .findObject("hyperparameters")
            .or(() -> body.findObject("hyperparameters"))
            .orElse(JsonObject.empty());
    new HyperparameterCheck(type).check(hyperparameters);
    if (type.equals("reinforcement")) {
      if (details.findObject("grader").isEmpty()) {
        throw OpenAiErrors.invalid(
            "method.reinforcement.grader", null, "A grader is required for reinforcement.");
      }
      if (body.findString(JobRequest.VALIDATION_FILE).isEmpty()) {
        throw OpenAiErrors.invalid(
            JobRequest.VALIDATION_FILE, null, "A validation file is required for reinforcement.");
      }
    }
    return new JobRequest.Method(type, details, hyperparameters);
  }

  private Map<String, SimulatedFile> inputs() throws ErrorResponseException {
    Map<String, SimulatedFile> inputs = new LinkedHashMap<>();
    for (String member : List.of(JobRequest.TRAINING_FILE, JobRequest.VALIDATION_FILE)) {
      String id = body.findString(member).orElse("");
      if (!id.isEmpty()) {
        SimulatedFile file = state.files.get(id);
        if (file == null || !file.purpose().equals("fine-tune")) {
          throw OpenAiErrors.invalid(member, null, "invalid " + member + ": " + id);
        }
        if (!file.isReady(now)) {
          throw OpenAiErrors.invalid(
              member, "file_not_ready", "File '" + id + "' is not ready and cannot be used yet.");
        }
        inputs.put(member, file);
      }
    }
    return inputs;
  }

  private JobRequest.Choices choices() throws ErrorResponseException {
    String suffix = body.findString("suffix").orElse("");
    if (suffix.length() > MAXIMUM_SUFFIX || (body.has("suffix") && isEmptyText("suffix"))) {
      throw OpenAiErrors.invalid(
          "suffix", null, "'" + suffix + "' is not between 1 and 64 characters long - 'suffix'");
    }
    long seed = body.findLong("seed").orElse(1 + Math.abs(suffix.hashCode() % 1_000_000));
    if (seed < 0 || seed > Integer.MAX_VALUE) {
      throw OpenAiErrors.invalid("seed", null, seed + " is not between 0 and 2147483647 - 'seed'");
    }
    @Nullable Map<String, @Nullable Object> metadata =
        body.findObject("metadata").map(JsonObject::asMap).orElse(null);
    if (metadata != null) {
      MetadataCheck.check(metadata);
    }
    List<@Nullable Object> integrations = body.list("integrations");
    checkIntegrations();
    return new JobRequest.Choices(suffix, seed, metadata, integrations);
  }

  private void checkIntegrations() throws ErrorResponseException {
    for (JsonObject integration : body.objects("integrations")) {
      String type = integration.findString("type").orElse("");
      boolean project =
          integration.findObject("wandb").flatMap(wandb -> wandb.findString("project")).isPresent();
      if (!type.equals("wandb") || !project) {
        throw OpenAiErrors.invalid(
            "integrations", null, "An integration is of the type wandb and names a project.");
      }
    }
  }

  private String required(String member) throws ErrorResponseException {
    String value = body.findString(member).orElse("");
    if (value.isEmpty()) {
      throw OpenAiErrors.invalid(
          member, "missing_required_parameter", "Missing required parameter: '" + member + "'.");
    }
    return value;
  }

  private boolean isEmptyText(String member) {
    return "".equals(body.asMap().get(member));
  }
}
