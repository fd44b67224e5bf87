package dev.finetune4j.providerkit.process;

import dev.finetune4j.job.Checkpoint;
import dev.finetune4j.job.JobEvent;
import dev.finetune4j.job.TrainingMetrics;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.json.JsonSyntaxException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Lines of {@code events.jsonl}. Stateless. */
public final class EventCodec {

  private EventCodec() {}

  static String encode(JobEvent event) {
    JsonObject line = JsonObject.empty().put("id", event.id()).put("at", event.at().toString());
    if (event instanceof JobEvent.StatusChanged changed) {
      line.put("type", "status").put("status", word(changed.status()));
    } else if (event instanceof JobEvent.MetricsRecorded recorded) {
      putMetrics(line.put("type", "metrics"), recorded.metrics());
    } else if (event instanceof JobEvent.CheckpointSaved saved) {
      line.put("type", "checkpoint").put("checkpoint", saved.checkpoint().id());
      putMetrics(line, saved.checkpoint().metrics());
      line.putIfPresent("model", saved.checkpoint().model());
    } else if (event instanceof JobEvent.MessageLogged message) {
      line.put("type", "message").put("level", word(message.level())).put("text", message.text());
    } else if (event instanceof JobEvent.Unrecognized unknown) {
      return unknown.json();
    }
    return line.toString();
  }

  /** Reads a line; one that cannot be read becomes an unrecognized event with the given id. */
  public static JobEvent decode(String line, String idIfNone) {
    try {
      JsonObject object = Json.parseObject(line);
      return decode(object, line, object.findString("id").orElse(idIfNone));
    } catch (JsonSyntaxException | DateTimeException | IllegalArgumentException e) {
      return new JobEvent.Unrecognized(idIfNone, Instant.EPOCH, "damaged", line);
    }
  }

  private static JobEvent decode(JsonObject object, String line, String id) {
    Instant at = Instant.parse(object.requireString("at"));
    String type = object.requireString("type");
    return switch (type) {
      case "status" ->
          new JobEvent.StatusChanged(id, at, JobState.statusOf(object.requireString("status")));
      case "metrics" -> new JobEvent.MetricsRecorded(id, at, metrics(object));
      case "checkpoint" ->
          new JobEvent.CheckpointSaved(
              id,
              at,
              new Checkpoint(
                  object.requireString("checkpoint"),
                  at,
                  metrics(object),
                  object.findString("model")));
      case "message" ->
          new JobEvent.MessageLogged(
              id,
              at,
              JobEvent.Level.valueOf(object.requireString("level").toUpperCase(Locale.ROOT)),
              object.requireString("text"));
      default -> new JobEvent.Unrecognized(id, at, type, line);
    };
  }

  private static void putMetrics(JsonObject line, TrainingMetrics metrics) {
    line.put("step", metrics.step()).put("values", metrics.values());
  }

  private static TrainingMetrics metrics(JsonObject object) {
    Map<String, Double> values = new LinkedHashMap<>();
    JsonObject figures = object.findObject("values").orElse(JsonObject.empty());
    for (String name : figures.asMap().keySet()) {
      figures.findDouble(name).ifPresent(value -> values.put(name, value));
    }
    return new TrainingMetrics(object.requireLong("step"), values);
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
