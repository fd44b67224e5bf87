package dev.finetune4j.openai;

import dev.finetune4j.Time;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.simulator.openai.SimulatedOpenAi;
import java.util.List;

/** Providers that use a simulator, and the requests that it received. Stateless. */
final class Simulations {
  private Simulations() {}

  static OpenAiProvider.Builder provider(SimulatedOpenAi service, Time time) {
    return OpenAiProvider.builder()
        .apiKey(service::apiKey)
        .administratorKey(service::adminKey)
        .baseUrl(service.baseUrl().toString())
        .time(time);
  }

  /** Returns the body of the first request that created a job. */
  static JsonObject creation(SimulatedOpenAi service) {
    return bodies(service, "/fine_tuning/jobs").get(0);
  }

  /** Returns the JSON that was posted to a route, first to last. */
  static List<JsonObject> bodies(SimulatedOpenAi service, String template) {
    return service.requests().stream()
        .filter(each -> each.method().equals("POST") && each.template().equals(template))
        .map(each -> Json.parseObject(each.requestBody()))
        .toList();
  }

  /** Returns the ids of the batches that were made, first to last. */
  static List<String> batchIds(SimulatedOpenAi service) {
    return service.requests().stream()
        .filter(each -> each.method().equals("POST") && each.template().equals("/batches"))
        .filter(each -> each.status() == 200)
        .map(each -> Json.parseObject(each.answerBody()).requireString("id"))
        .toList();
  }
}
