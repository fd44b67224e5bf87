package dev.finetune4j.simulator.openai;

import dev.finetune4j.json.JsonObject;
import java.time.Instant;
import java.util.Map;

/** An event of a job. */
record SimulatedEvent(
    String id, Instant at, String level, String message, Map<String, Object> data) {

  JsonObject toJson() {
    return JsonObject.empty()
        .put("object", "fine_tuning.job.event")
        .put("id", id)
        .put("created_at", at.getEpochSecond())
        .put("level", level)
        .put("message", message)
        .put("type", data.containsKey("step") ? "metrics" : "message")
        .put("data", data);
  }
}
