package dev.finetune4j.simulator.huggingface;

import dev.finetune4j.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An inference endpoint; its state follows from the clock. Guarded by the monitor of the hub. */
final class SimulatedEndpoint {
  private final JsonObject order;
  private final String url;
  private final Duration starting;
  private Instant since;
  private boolean paused;
  private boolean asleep;
  private @Nullable String failure;

  SimulatedEndpoint(JsonObject order, String url, Duration starting, Instant now) {
    this.order = order;
    this.url = url;
    this.starting = starting;
    since = now;
  }

  String state(Instant now) {
    Duration age = Duration.between(since, now);
    if (failure != null) {
      return "failed";
    } else if (paused || asleep) {
      return paused ? "paused" : "scaledToZero";
    } else if (age.compareTo(starting.dividedBy(4)) < 0) {
      return "pending";
    }
    return age.compareTo(starting) < 0 ? "initializing" : "running";
  }

  String repository() {
    return order.requireObject("model").requireString("repository");
  }

  /** Returns the names under which it answers: those of its adapters, and that of what it loads. */
  List<String> served() {
    List<String> names = new ArrayList<>();
    List<Object> arguments = order.requireObject("model").list("args");
    for (int i = 1; i < arguments.size(); i++) {
      if ("--lora-modules".equals(arguments.get(i - 1))) {
        names.add(String.valueOf(arguments.get(i)).split("=", 2)[0]);
      }
    }
    names.add(repository());
    return names;
  }

  void fail(String reason) {
    failure = reason;
  }

  void pause() {
    paused = true;
  }

  void sleep() {
    asleep = true;
  }

  void start(Instant now) {
    paused = false;
    asleep = false;
    since = now;
  }

  void update(JsonObject change, Instant now) {
    change
        .asMap()
        .forEach(
            (name, value) -> {
              JsonObject merged = order.findObject(name).orElse(JsonObject.empty());
              change.findObject(name).ifPresent(part -> part.asMap().forEach(merged::put));
              order.put(name, merged);
            });
    since = now;
  }

  JsonObject toJson(Instant now) {
    String state = state(now);
    JsonObject model = JsonObject.of(order.requireObject("model").asMap());
    JsonObject status =
        JsonObject.empty()
            .put("createdAt", since.toString())
            .put("updatedAt", now.toString())
            .put("private", null)
            .put("state", state)
            .put("message", failure == null ? "Endpoint is " + state : failure)
            .putIfPresent("url", state.equals("pending") ? null : url)
            .put("readyReplica", state.equals("running") ? 1 : 0)
            .put("targetReplica", paused ? 0 : 1);
    return JsonObject.empty()
        .put("name", order.requireString("name"))
        .put("type", order.requireString("type"))
        .put("accountId", null)
        .put("provider", order.requireObject("provider"))
        .put("healthRoute", "/health")
        .put("compute", order.requireObject("compute"))
        .put("model", model)
        .put("tags", order.list("tags"))
        .put("status", status);
  }
}
