package dev.finetune4j.providerkit.job;

import dev.finetune4j.job.Checkpoint;
import dev.finetune4j.job.JobEvent;
import dev.finetune4j.job.TrainingMetrics;
import dev.finetune4j.json.JsonObject;
import java.time.Instant;
import java.util.Optional;

/** Reads events and checkpoints; an unknown event keeps its JSON. Stateless. */
final class EventAnswers {

  private EventAnswers() {}

  static JobEvent event(JsonObject json) {
    String id = json.requireString("id");
    Instant at = moment(json);
    String given = Members.text(json, "type");
    JsonObject data = Members.object(json, "data");
    String type = given == null ? "message" : given;
    if (type.equals("metrics")) {
      TrainingMetrics metrics = MetricAnswers.read(data, 0);
      return new JobEvent.MetricsRecorded(id, at, metrics);
    } else if (type.equals("checkpoint") && data.findString("id").isPresent()) {
      return new JobEvent.CheckpointSaved(id, at, checkpoint(data));
    } else if (type.equals("message")) {
      String text = Members.text(json, "message");
      return new JobEvent.MessageLogged(id, at, level(json), text == null ? "" : text);
    }
    return new JobEvent.Unrecognized(id, at, type, json.toString());
  }

  static Checkpoint checkpoint(JsonObject json) {
    Long step = Members.count(json, "step_number");
    TrainingMetrics metrics =
        MetricAnswers.read(Members.object(json, "metrics"), step == null ? 0 : step);
    return new Checkpoint(
        json.requireString("id"),
        moment(json),
        step == null ? metrics : new TrainingMetrics(step, metrics.values()),
        Optional.ofNullable(Members.text(json, "fine_tuned_model_checkpoint")));
  }

  private static Instant moment(JsonObject json) {
    Instant at = Members.moment(json, "created_at");
    return at == null ? Instant.EPOCH : at;
  }

  private static JobEvent.Level level(JsonObject json) {
    String word = Members.text(json, "level");
    return switch (word == null ? "info" : word) {
      case "error" -> JobEvent.Level.ERROR;
      case "warn", "warning" -> JobEvent.Level.WARNING;
      default -> JobEvent.Level.INFO;
    };
  }
}
