package dev.finetune4j.simulator.azure;

import dev.finetune4j.json.JsonObject;
import dev.finetune4j.simulator.ErrorResponseException;
import dev.finetune4j.simulator.SimulatedResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Error bodies of Azure, and OpenAI's answers put into Azure's shapes. Stateless. */
final class AzureAnswers {
  // What the dated face does not have, or shows in another way (authoring swagger 2024-10-21).
  private static final Set<String> NOT_CLASSIC =
      Set.of("organization_id", "integrations", "usage_metrics", "shared_with_openai", "metadata");

  private AzureAnswers() {}

  static SimulatedResponse error(int status, String code, String message) {
    return SimulatedResponse.json(
        status,
        JsonObject.empty()
            .put("error", JsonObject.empty().put("code", code).put("message", message)));
  }

  static ErrorResponseException refusal(int status, String code, String message) {
    return new ErrorResponseException(error(status, code, message));
  }

  /** A gateway says no without the usual envelope. */
  static SimulatedResponse gatewayError(int status, String message) {
    return SimulatedResponse.json(
        status, JsonObject.empty().put("statusCode", (long) status).put("message", message));
  }

  static SimulatedResponse contentFiltered() {
    JsonObject inner =
        JsonObject.empty()
            .put("code", "ResponsibleAIPolicyViolation")
            .put(
                "content_filter_result",
                Map.of("violence", Map.of("filtered", true, "severity", "high")));
    JsonObject error =
        JsonObject.empty()
            .put("code", "content_filter")
            .put("message", "The response was filtered: the prompt triggered the content policy.")
            .put("param", "prompt")
            .put("type", null)
            .put("status", 400L)
            .put("innererror", inner);
    return SimulatedResponse.json(400, JsonObject.empty().put("error", error));
  }

  /** Gives an error of the shared parts the code that Azure has for its status. */
  static SimulatedResponse inAzureWords(SimulatedResponse answer) {
    if (answer.status() < 400
        || !(answer.tree() instanceof Map<?, ?> body)
        || !(body.get("error") instanceof Map<?, ?> error)
        || !error.containsKey("type")
        || "content_filter".equals(error.get("code"))) {
      return answer;
    }
    String code =
        switch (answer.status()) {
          case 401 -> "unauthorized";
          case 403 -> "forbidden";
          case 404 -> "notFound";
          case 409 -> "conflict";
          case 429 -> "tooManyRequests";
          default -> answer.status() < 500 ? "invalidPayload" : "internalFailure";
        };
    Map<String, Object> azure = new LinkedHashMap<>();
    azure.put("code", code);
    azure.put("message", String.valueOf(error.get("message")));
    return answer.withTree(Map.of("error", azure));
  }

  /** Takes out what the dated face does not show; absent stands for null there. */
  static SimulatedResponse inClassicShape(SimulatedResponse answer) {
    Object tree = answer.tree();
    return tree == null ? answer : answer.withTree(classic(tree));
  }

  /** The newer face knows no 201, and shows metadata that it does not keep. */
  static SimulatedResponse inNewerShape(SimulatedResponse answer) {
    Object tree = answer.tree();
    return answer.status() == 201 && tree instanceof Map<?, ?> map
        ? SimulatedResponse.json(200, JsonObject.of(map))
        : answer;
  }

  private static Object classic(Object tree) {
    if (tree instanceof List<?> items) {
      List<Object> plain = new ArrayList<>();
      items.forEach(item -> plain.add(classic(item)));
      return plain;
    } else if (tree instanceof Map<?, ?> map) {
      boolean isJob = "fine_tuning.job".equals(map.get("object"));
      Map<String, Object> plain = new LinkedHashMap<>();
      map.forEach(
          (name, value) -> {
            if (value != null && !(isJob && NOT_CLASSIC.contains(String.valueOf(name)))) {
              plain.put(String.valueOf(name), classic(value));
            }
          });
      return plain;
    }
    return tree;
  }

  /** Adds to every job in an answer what only Azure shows of it. */
  static SimulatedResponse withTrainingTypes(SimulatedResponse answer, Map<String, String> types) {
    Object tree = answer.tree();
    return tree == null ? answer : answer.withTree(typed(tree, types));
  }

  private static Object typed(Object tree, Map<String, String> types) {
    if (!(tree instanceof Map<?, ?> map)) {
      return tree;
    }
    Map<String, @Nullable Object> copy = new LinkedHashMap<>();
    map.forEach((name, value) -> copy.put(String.valueOf(name), value));
    if (copy.get("data") instanceof List<?> items) {
      List<Object> each = new ArrayList<>();
      items.forEach(item -> each.add(typed(item, types)));
      copy.put("data", each);
    }
    String type = types.get(String.valueOf(copy.get("id")));
    if (type != null) {
      copy.put("trainingType", type);
    }
    return copy;
  }
}
