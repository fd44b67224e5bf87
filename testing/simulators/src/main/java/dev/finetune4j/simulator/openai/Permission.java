package dev.finetune4j.simulator.openai;

import dev.finetune4j.json.JsonObject;
import java.time.Instant;

/** That a project may use the model of a checkpoint. */
record Permission(String id, String model, String project, Instant createdAt) {

  JsonObject toJson() {
    return JsonObject.empty()
        .put("object", "checkpoint.permission")
        .put("id", id)
        .put("created_at", createdAt.getEpochSecond())
        .put("project_id", project);
  }
}
