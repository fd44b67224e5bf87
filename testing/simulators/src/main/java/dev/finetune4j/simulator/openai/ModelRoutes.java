package dev.finetune4j.simulator.openai;

import dev.finetune4j.json.JsonObject;
import dev.finetune4j.simulator.Answer;
import dev.finetune4j.simulator.Refusal;
import dev.finetune4j.simulator.Routes;
import dev.finetune4j.simulator.SimulatedRequest;
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

  private Answer list(SimulatedRequest request) {
    synchronized (state) {
      Instant now = state.advance();
      List<Object> data = new ArrayList<>();
      BaseModel.ALL.forEach(model -> data.add(json(model).asMap()));
      for (TunedModel model : state.models.values()) {
        if (model.answers(now)) {
          data.add(model.toJson(state.settings.organization).asMap());
        }
      }
      return Answer.json(JsonObject.empty().put("object", "list").put("data", data));
    }
  }

  private Answer fetch(SimulatedRequest request) throws Refusal {
    String name = request.variable("model");
    synchronized (state) {
      Instant now = state.advance();
      JsonObject json =
          state
              .findTuned(name, now)
              .map(model -> model.toJson(state.settings.organization))
              .or(() -> BaseModel.find(name).map(ModelRoutes::json))
              .orElse(null);
      if (json == null) {
        throw missing(name);
      }
      return Answer.json(json);
    }
  }

  private Answer delete(SimulatedRequest request) throws Refusal {
    String name = request.variable("model");
    synchronized (state) {
      state.advance();
      if (BaseModel.find(name).isPresent()) {
        throw OpenAiErrors.forbidden(null, "Only fine-tuned models can be deleted.");
      }
      if (state.models.remove(name) == null) {
        throw missing(name);
      }
      return Lists.deleted("model", name);
    }
  }

  static Refusal missing(String name) {
    return OpenAiErrors.notFound(
        null,
        "model_not_found",
        "The model `" + name + "` does not exist or you do not have access to it.");
  }

  private static JsonObject json(BaseModel model) {
    return JsonObject.empty()
        .put("id", model.name())
        .put("object", "model")
        .put("created", model.created())
        .put("owned_by", "system")
        .put("shutdown_date", model.shutdown().isEmpty() ? null : model.shutdown());
  }
}
