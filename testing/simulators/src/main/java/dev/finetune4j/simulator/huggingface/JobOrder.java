package dev.finetune4j.simulator.huggingface;

import dev.finetune4j.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The request that created a job.
 *
 * @param id the id that the service gave it
 * @param json the whole request in JSON, without secrets
 * @param environment the environment variables that are not secrets
 */
public record JobOrder(String id, String json, Map<String, String> environment) {

  /** Copies the map. */
  public JobOrder {
    environment = Map.copyOf(environment);
  }

  static JobOrder of(String id, JsonObject body) {
    JsonObject shown = JsonObject.of(body.asMap());
    body.findObject("secrets")
        .ifPresent(secrets -> shown.put("secrets", List.copyOf(secrets.asMap().keySet())));
    Map<String, String> environment =
        body.findObject("environment").orElse(JsonObject.empty()).asMap().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, e -> String.valueOf(e.getValue())));
    return new JobOrder(id, shown.toString(), environment);
  }
}
