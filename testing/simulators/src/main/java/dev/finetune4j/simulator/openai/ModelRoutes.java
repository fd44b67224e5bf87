package dev.finetune4j.simulator.openai;

import dev.finetune4j.json.JsonObject;
import dev.finetune4j.simulator.ErrorResponseException;
import dev.finetune4j.simulator.Routes;
import dev.finetune4j.simulator.SimulatedRequest;
import dev.finetune4j.simulator.SimulatedResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Models: list, get, and delete tuned models (reference: "Models"). */
final class ModelRoutes {
  private final State state;

  ModelRoutes(State state) {
    this.state = state;
  }

  void addTo(Routes routes) {
    routes
        .add("GET", "/models", this::list)
        .add("GET", "/models/{model}", this::fetch)
        .add("DELETE", "/models/{model}", this::delete);
  }

  private SimulatedResponse list(SimulatedRequest request) {
    synchronized (state) {
      Instant now = state.advance();
      List<Object> data = new ArrayList<>();
      SimulatedBaseModel.ALL.forEach(model -> data.add(json(model).asMap()));
      for (TunedModel model : state.models.values()) {
        if (model.answers(now)) {
          data.add(model.toJson(state.settings.organization).asMap());
        }
      }
      return SimulatedResponse.json(JsonObject.empty().put("object", "list").put("data", data));
    }
  }

  private SimulatedResponse fetch(SimulatedRequest request) throws ErrorResponseException {
    String name = request.variable("model");
    synchronized (state) {
      Instant now = state.advance();
      JsonObject json =
          state
              .findTuned(name, now)
              .map(model -> model.toJson(state.settings.organization))
              .or(() -> SimulatedBaseModel.find(name).map(ModelRoutes::json))
              .orElse(null);
      if (json == null) {
        throw missing(name);
      }
      return SimulatedResponse.json(json);
    }
  }

  private SimulatedResponse delete(SimulatedRequest request) throws ErrorResponseException {
    String name = request.variable("model");
    synchronized (state) {
      state.advance();
      if (SimulatedBaseModel.find(name).isPresent()) {
        throw OpenAiErrors.forbidden(null, "Only fine-tuned models can be deleted.");
      }
      if (state.models.remove(name) == null) {
        throw missing(name);
      }
      return Lists.deleted("model", name);
    }
  }

  static ErrorResponseException missing(String name) {
    return OpenAiErrors.notFound(
        null,
        "model_not_found",
        "The model `" + name + "` does not exist or you do not have access to it.");
  }

  private static JsonObject json(SimulatedBaseModel model) {
    return JsonObject.empty()
        .put("id", model.name())
        .put("object", "model")
        .put("created", model.created())
        .put("owned_by", "system")
        .put("shutdown_date", model.shutdown().isEmpty() ? null : model.shutdown());
  }
}
