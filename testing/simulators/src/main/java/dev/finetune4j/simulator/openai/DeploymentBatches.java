package dev.finetune4j.simulator.openai;

import dev.finetune4j.json.JsonObject;
import dev.finetune4j.simulator.ErrorResponseException;
import java.util.Optional;
import java.util.function.Function;

/**
 * Answers batches whose lines name a deployment instead of a model. Thread-safe.
 *
 * @param served returns the model behind a deployment that takes batches, empty for others
 */
record DeploymentBatches(ChatService chat, Function<String, Optional<String>> served)
    implements BatchRun.Answering {

  @Override
  public boolean takes(String deployment) {
    return served.apply(deployment).isPresent();
  }

  @Override
  public JsonObject answer(JsonObject body) throws ErrorResponseException {
    String name = body.findString("model").orElse("");
    String model = served.apply(name).orElseThrow(() -> ModelRoutes.missing(name));
    return chat.complete(body.put("model", model));
  }
}
