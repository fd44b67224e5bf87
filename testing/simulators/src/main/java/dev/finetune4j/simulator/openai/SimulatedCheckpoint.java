package dev.finetune4j.simulator.openai;

import dev.finetune4j.json.JsonObject;
import java.time.Instant;
import java.util.Map;

/** The model of a job at the end of an epoch. */
record SimulatedCheckpoint(
    String id, String jobId, String model, Instant at, long step, Map<String, Double> metrics) {

  JsonObject toJson() {
    return JsonObject.empty()
        .put("object", "fine_tuning.job.checkpoint")
        .put("id", id)
        .put("created_at", at.getEpochSecond())
        .put("fine_tuned_model_checkpoint", model)
        .put("fine_tuning_job_id", jobId)
        .put("step_number", step)
        .put("metrics", metrics);
  }
}
