package dev.finetune4j.simulator.openai;

import dev.finetune4j.json.JsonObject;
import java.time.Instant;

/** The model of a finished job, or of one of its checkpoints. */
record TunedModel(
    String name,
    SimulatedBaseModel base,
    Instant createdAt,
    Instant answersFrom,
    NearestAnswer memory) {

  boolean answers(Instant now) {
    return !now.isBefore(answersFrom);
  }

  JsonObject toJson(String owner) {
    return JsonObject.empty()
        .put("id", name)
        .put("object", "model")
        .put("created", createdAt.getEpochSecond())
        .put("owned_by", owner)
        .put("shutdown_date", base.shutdown().isEmpty() ? null : base.shutdown());
  }
}
