package dev.finetune4j.simulator.huggingface;

import dev.finetune4j.json.JsonObject;
import dev.finetune4j.simulator.ErrorResponseException;
import dev.finetune4j.simulator.Routes;
import dev.finetune4j.simulator.SimulatedRequest;
import dev.finetune4j.simulator.SimulatedResponse;
import dev.finetune4j.simulator.StoredContent;
import java.util.List;
import java.util.Map;

/** Inference endpoints, their machines, and what they answer (reference: section 3.1). */
final class EndpointRoutes {
  private final HubState state;
  private final InferenceModels models;

  EndpointRoutes(HubState state) {
    this.state = state;
    models = new InferenceModels(state);
  }

  void addTo(Routes routes) {
    String one = "/v2/endpoint/{owner}/{endpoint}";
    String served = "/served/{endpoint}";
    routes
        .add("GET", "/v2/provider/{owner}", request -> machines())
        .add("GET", "/v2/endpoint/{owner}", this::list)
        .add("POST", "/v2/endpoint/{owner}", this::create)
        .add("GET", one, request -> shown(require(request)))
        .add("PUT", one, this::update)
        .add("DELETE", one, this::delete)
        .add("POST", one + "/pause", request -> after(request, "pause"))
        .add("POST", one + "/resume", request -> after(request, "resume"))
        .add("POST", one + "/scale-to-zero", request -> after(request, "sleep"))
        .add("GET", served + "/health", this::health)
        .add("GET", served + "/v1/models", this::models)
        .add("POST", served + "/v1/chat/completions", this::chat);
  }

  private SimulatedResponse create(SimulatedRequest request) throws ErrorResponseException {
    state.requireToken(request);
    JsonObject order = request.json();
    String name = order.requireString("name");
    order.requireObject("compute").requireObject("scaling");
    order.requireObject("model").requireObject("image");
    order.requireObject("provider").requireString("region");
    if (!name.matches("[a-z0-9-]{4,32}")) {
      throw HubErrors.invalid(
          "Bad Request: the name has 4 to 32 lower-case letters, digits or hyphens");
    }
    synchronized (state) {
      if (state.endpoints.containsKey(name)) {
        throw new ErrorResponseException(HubErrors.of(409, "Conflict: Endpoint already exists"));
      }
      SimulatedEndpoint endpoint =
          new SimulatedEndpoint(
              order, state.hubUrl + "/served/" + name, state.settings.starting, state.now());
      state.endpoints.put(name, endpoint);
      state.endpointsCreated++;
      return shown(endpoint);
    }
  }

  private SimulatedResponse list(SimulatedRequest request) throws ErrorResponseException {
    state.requireToken(request);
    synchronized (state) {
      List<Object> items =
          state.endpoints.values().stream()
              .map(endpoint -> (Object) endpoint.toJson(state.now()).asMap())
              .toList();
      return SimulatedResponse.json(JsonObject.empty().put("items", items));
    }
  }

  private SimulatedResponse update(SimulatedRequest request) throws ErrorResponseException {
    SimulatedEndpoint endpoint = require(request);
    synchronized (state) {
      endpoint.update(request.json(), state.now());
      return shown(endpoint);
    }
  }

  private SimulatedResponse delete(SimulatedRequest request) throws ErrorResponseException {
    require(request);
    synchronized (state) {
      state.endpoints.remove(request.variable("endpoint"));
      return SimulatedResponse.content(202, "application/json", StoredContent.of("{}"));
    }
  }

  private SimulatedResponse after(SimulatedRequest request, String verb)
      throws ErrorResponseException {
    SimulatedEndpoint endpoint = require(request);
    synchronized (state) {
      if (verb.equals("pause")) {
        endpoint.pause();
      } else if (verb.equals("sleep")) {
        endpoint.sleep();
      } else if (endpoint.state(state.now()).equals("running")) {
        throw HubErrors.invalid("Bad Request: Endpoint is already running");
      } else {
        endpoint.start(state.now());
      }
      return shown(endpoint);
    }
  }

  private SimulatedEndpoint require(SimulatedRequest request) throws ErrorResponseException {
    state.requireToken(request);
    synchronized (state) {
      SimulatedEndpoint endpoint = state.endpoints.get(request.variable("endpoint"));
      if (endpoint == null) {
        throw new ErrorResponseException(HubErrors.of(404, "Endpoint not found"));
      }
      return endpoint;
    }
  }

  private SimulatedResponse shown(SimulatedEndpoint endpoint) {
    synchronized (state) {
      return SimulatedResponse.json(endpoint.toJson(state.now()));
    }
  }

  private SimulatedEndpoint serving(SimulatedRequest request) throws ErrorResponseException {
    SimulatedEndpoint endpoint = require(request);
    synchronized (state) {
      String now = endpoint.state(state.now());
      if (now.equals("scaledToZero")) {
        endpoint.start(state.now());
      }
      if (!now.equals("running")) {
        throw new ErrorResponseException(
            HubErrors.of(now.equals("paused") ? 400 : 503, "Endpoint is " + now));
      }
      return endpoint;
    }
  }

  private SimulatedResponse health(SimulatedRequest request) throws ErrorResponseException {
    serving(request);
    return SimulatedResponse.content(200, "text/plain", StoredContent.of(""));
  }

  private SimulatedResponse models(SimulatedRequest request) throws ErrorResponseException {
    return InferenceModels.list(serving(request).served());
  }

  private SimulatedResponse chat(SimulatedRequest request) throws ErrorResponseException {
    return models.chat(request, serving(request).served());
  }

  private static SimulatedResponse machines() {
    List<Object> computes =
        List.of(
            compute("gpu", "nvidia-l4", 0.8, "available"),
            compute("gpu", "nvidia-a10g", 1.0, "available"),
            compute("cpu", "intel-spr", 0.033, "available"),
            compute("gpu", "nvidia-h200", 5.0, "reserved"));
    Map<String, ?> region =
        JsonObject.empty()
            .put("name", "us-east-1")
            .put("status", "available")
            .put("computes", computes)
            .asMap();
    Map<String, ?> vendor =
        JsonObject.empty()
            .put("name", "aws")
            .put("status", "available")
            .put("regions", List.of(region))
            .asMap();
    return SimulatedResponse.json(JsonObject.empty().put("vendors", List.of(vendor)));
  }

  private static Map<String, ?> compute(String kind, String type, double price, String status) {
    return JsonObject.empty()
        .put("id", "aws-us-east-1-" + type + "-x1")
        .put("accelerator", kind)
        .put("numAccelerators", 1)
        .put("memoryGb", 30.0)
        .put("gpuMemoryGb", kind.equals("gpu") ? 24 : null)
        .put("instanceType", type)
        .put("instanceSize", "x1")
        .put("architecture", type)
        .put("status", status)
        .put("pricePerHour", price)
        .put("quota", JsonObject.empty().put("maxAccelerators", 16).put("usedAccelerators", 0))
        .asMap();
  }
}
