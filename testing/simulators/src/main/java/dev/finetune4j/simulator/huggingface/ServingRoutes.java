package dev.finetune4j.simulator.huggingface;

import dev.finetune4j.json.JsonObject;
import dev.finetune4j.simulator.ErrorResponseException;
import dev.finetune4j.simulator.Routes;
import dev.finetune4j.simulator.SimulatedRequest;
import dev.finetune4j.simulator.SimulatedResponse;
import java.util.List;
import java.util.Map;

/**
 * Servers that are jobs with an exposed port (reference: section 2.6), and the router of the
 * Inference Providers (section 3.2). At the service each port has a host of its own; here it has a
 * path.
 */
final class ServingRoutes {
  static final String EXPOSED = "/exposed/";

  private static final List<String> POLICIES = List.of("fastest", "cheapest", "preferred");
  private static final List<String> PROVIDERS = List.of("novita", "together");

  private final HubState state;
  private final InferenceModels models;

  ServingRoutes(HubState state) {
    this.state = state;
    models = new InferenceModels(state);
  }

  void addTo(Routes routes) {
    routes
        .add(
            "GET",
            EXPOSED + "{job}/v1/models",
            request -> InferenceModels.list(serving(request).served()))
        .add(
            "POST",
            EXPOSED + "{job}/v1/chat/completions",
            request -> models.chat(request, serving(request).served()))
        .add("GET", "/router/v1/models", request -> hosted())
        .add("POST", "/router/v1/chat/completions", this::route);
  }

  private SimulatedHubJob serving(SimulatedRequest request) throws ErrorResponseException {
    state.requireToken(request);
    synchronized (state) {
      SimulatedHubJob job = state.jobs.get(request.variable("job"));
      if (job == null || !job.serves(state.now(), state.settings.starting)) {
        throw new ErrorResponseException(HubErrors.of(503, "Nothing answers on this port."));
      }
      return job;
    }
  }

  private SimulatedResponse route(SimulatedRequest request) throws ErrorResponseException {
    state.requireToken(request);
    String[] asked = request.json().requireString("model").split(":", 2);
    if (asked.length == 2 && !POLICIES.contains(asked[1]) && !PROVIDERS.contains(asked[1])) {
      throw HubErrors.invalid("The provider " + asked[1] + " does not serve " + asked[0]);
    }
    List<String> hosted = state.settings.hosted;
    if (!hosted.isEmpty() && !hosted.contains(asked[0])) {
      throw HubErrors.invalid("The requested model '" + asked[0] + "' is not supported");
    }
    return models.chat(request, asked[0]);
  }

  private SimulatedResponse hosted() {
    List<Object> entries =
        state.settings.hosted.stream().map(name -> (Object) entry(name)).toList();
    return SimulatedResponse.json(JsonObject.empty().put("object", "list").put("data", entries));
  }

  private static Map<String, ?> entry(String name) {
    List<Object> providers =
        List.of(provider("novita", 1.69, 3.38), provider("together", 2.0, 2.5));
    return JsonObject.empty()
        .put("id", name)
        .put("object", "model")
        .put("owned_by", name.replaceAll("/.*", ""))
        .put("providers", providers)
        .asMap();
  }

  private static Map<String, ?> provider(String name, double input, double output) {
    return JsonObject.empty()
        .put("provider", name)
        .put("status", "live")
        .put("context_length", 32_768)
        .put("pricing", JsonObject.empty().put("input", input).put("output", output))
        .put("supports_tools", true)
        .asMap();
  }
}
