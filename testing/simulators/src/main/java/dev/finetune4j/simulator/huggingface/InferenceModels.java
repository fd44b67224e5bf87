package dev.finetune4j.simulator.huggingface;

import dev.finetune4j.json.JsonObject;
import dev.finetune4j.simulator.ErrorResponseException;
import dev.finetune4j.simulator.SimulatedRequest;
import dev.finetune4j.simulator.SimulatedResponse;
import java.util.List;
import java.util.Map;

/** The routes of every model server: list of models and chat. Thread-safe. */
final class InferenceModels {
  private final HubState state;

  InferenceModels(HubState state) {
    this.state = state;
  }

  static SimulatedResponse list(List<String> names) {
    List<Object> models =
        names.stream()
            .map(name -> (Object) JsonObject.empty().put("id", name).put("object", "model").asMap())
            .toList();
    return SimulatedResponse.json(JsonObject.empty().put("object", "list").put("data", models));
  }

  /** Answers a question for one of the models that are served. */
  SimulatedResponse chat(SimulatedRequest request, List<String> served)
      throws ErrorResponseException {
    String model = request.json().requireString("model");
    if (!served.contains(model)) {
      throw new ErrorResponseException(HubErrors.of(404, "The model does not exist."));
    }
    return chat(request, model);
  }

  SimulatedResponse chat(SimulatedRequest request, String model) {
    List<JsonObject> messages = request.json().objects("messages");
    String question =
        messages.isEmpty()
            ? ""
            : messages.get(messages.size() - 1).findString("content").orElse("");
    String text = state.settings.answers.apply(model, question);
    JsonObject message = JsonObject.empty().put("role", "assistant").put("content", text);
    Map<String, ?> choice =
        JsonObject.empty()
            .put("index", 0)
            .put("finish_reason", "stop")
            .put("message", message)
            .asMap();
    int asked = 1 + question.length() / 4;
    int said = 1 + text.length() / 4;
    JsonObject usage =
        JsonObject.empty()
            .put("prompt_tokens", asked)
            .put("completion_tokens", said)
            .put("total_tokens", asked + said);
    return SimulatedResponse.json(
        JsonObject.empty()
            .put("id", "chatcmpl-1")
            .put("object", "chat.completion")
            .put("created", state.now().getEpochSecond())
            .put("model", model)
            .put("choices", List.of(choice))
            .put("usage", usage));
  }
}
