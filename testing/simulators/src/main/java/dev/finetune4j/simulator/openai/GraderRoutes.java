package dev.finetune4j.simulator.openai;

import dev.finetune4j.json.JsonObject;
import dev.finetune4j.simulator.ErrorResponseException;
import dev.finetune4j.simulator.Routes;
import dev.finetune4j.simulator.SimulatedRequest;
import dev.finetune4j.simulator.SimulatedResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Graders: run and validate (reference: "Graders"). */
final class GraderRoutes {
  private static final List<String> FLAGS =
      List.of(
          "formula_parse_error",
          "sample_parse_error",
          "truncated_observation_error",
          "unresponsive_reward_error",
          "invalid_variable_error",
          "other_error",
          "python_grader_server_error",
          "python_grader_runtime_error",
          "model_grader_server_error",
          "model_grader_refusal_error",
          "model_grader_parse_error");
  private static final List<String> DETAILS =
      List.of(
          "python_grader_server_error_type",
          "python_grader_runtime_error_details",
          "model_grader_server_error_details");

  private final GraderRun run;

  GraderRoutes(Settings settings, ChatService chat) {
    this.run = new GraderRun(settings, chat);
  }

  void addTo(Routes routes) {
    routes
        .add("POST", "/fine_tuning/alpha/graders/run", this::run)
        .add("POST", "/fine_tuning/alpha/graders/validate", this::validate);
  }

  private SimulatedResponse validate(SimulatedRequest request) throws ErrorResponseException {
    JsonObject grader = grader(request);
    GraderRun.check(grader);
    return SimulatedResponse.json(JsonObject.empty().put("grader", grader));
  }

  private SimulatedResponse run(SimulatedRequest request) throws ErrorResponseException {
    JsonObject grader = grader(request);
    GraderRun.check(grader);
    JsonObject body = request.json();
    JsonObject item = body.findObject("item").orElse(JsonObject.empty());
    String sample = body.findString("model_sample").orElse("");
    double reward = run.reward(grader, new GradedSample(item, sample));
    String name = grader.findString("name").orElse("");
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("name", name);
    metadata.put("type", grader.requireString("type"));
    metadata.put("errors", noErrors());
    metadata.put("execution_time", 0.01);
    metadata.put("scores", Map.of(name, reward));
    return SimulatedResponse.json(
        JsonObject.empty()
            .put("reward", reward)
            .put("metadata", withNulls(metadata))
            .put("sub_rewards", Map.of())
            .put("model_grader_token_usage_per_model", Map.of()));
  }

  private static JsonObject grader(SimulatedRequest request) throws ErrorResponseException {
    return request
        .json()
        .findObject("grader")
        .orElseThrow(
            () ->
                OpenAiErrors.invalid(
                    "grader",
                    "missing_required_parameter",
                    "Missing required parameter: 'grader'."));
  }

  private static Map<String, @Nullable Object> noErrors() {
    JsonObject errors = JsonObject.empty();
    FLAGS.forEach(flag -> errors.put(flag, false));
    DETAILS.forEach(detail -> errors.put(detail, null));
    return errors.asMap();
  }

  private static Map<String, @Nullable Object> withNulls(Map<String, Object> metadata) {
    return JsonObject.of(metadata).put("token_usage", null).put("sampled_model_name", null).asMap();
  }
}
