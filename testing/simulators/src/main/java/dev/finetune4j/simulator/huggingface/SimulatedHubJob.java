package dev.finetune4j.simulator.huggingface;

import dev.finetune4j.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A job of the simulated Hub; its status follows from the clock. Guarded by the state. */
final class SimulatedHubJob {
  private final String id;
  private final String owner;
  private final JsonObject order;
  private final HubJobScenario course;
  private final Instant createdAt;
  private final Instant startsAt;
  private final Instant endsAt;
  private final boolean isCutOff;
  private JsonObject labels;
  private @Nullable Instant cancelledAt;
  private boolean settled;
  private @Nullable String exposedUrl;

  SimulatedHubJob(
      String id, String owner, JsonObject order, HubJobScenario course, Instant[] moments) {
    this.id = id;
    this.owner = owner;
    this.order = order;
    this.course = course;
    labels = order.findObject("labels").orElse(JsonObject.empty());
    createdAt = moments[0];
    startsAt = moments[1];
    // Half an hour is what a job gets that does not ask for more.
    Duration limit = Duration.ofSeconds(order.findLong("timeoutSeconds").orElse(1800));
    isCutOff = course.running().compareTo(limit) > 0;
    endsAt = startsAt.plus(isCutOff ? limit : course.running());
  }

  /** Gives it an address that is shown while it runs. */
  void exposeAt(String url) {
    exposedUrl = url;
  }

  /** Returns whether its server answers, which needs some time to start. */
  boolean serves(Instant now, Duration starting) {
    return exposedUrl != null
        && stage(now).equals("RUNNING")
        && !now.isBefore(startsAt.plus(starting));
  }

  /** Returns the names under which its server answers, as its command has it. */
  List<String> served() {
    List<String> command = order.list("command").stream().map(String::valueOf).toList();
    List<String> names = new ArrayList<>();
    String whole = command.get(2);
    for (int i = 1; i < command.size(); i++) {
      if (command.get(i - 1).equals("--lora-modules")) {
        names.add(command.get(i).split("=", 2)[0]);
      } else if (command.get(i - 1).equals("--served-model-name")) {
        whole = command.get(i);
      }
    }
    names.add(whole);
    return names;
  }

  String owner() {
    return owner;
  }

  String id() {
    return id;
  }

  JsonObject labels() {
    return labels;
  }

  void relabel(JsonObject fresh) {
    labels = fresh;
  }

  void cancel(Instant now) {
    if (cancelledAt == null && now.isBefore(endsAt)) {
      cancelledAt = now;
    }
  }

  /** Returns the course once, after the job has succeeded. */
  @Nullable HubJobScenario settle(Instant now) {
    boolean first = !settled && stage(now).equals("COMPLETED");
    settled |= first;
    return first ? course : null;
  }

  String stage(Instant now) {
    if (cancelledAt != null) {
      return "CANCELED";
    } else if (now.isBefore(startsAt)) {
      return "SCHEDULING";
    } else if (now.isBefore(endsAt)) {
      return "RUNNING";
    }
    return isCutOff || !course.failure().isEmpty() ? "ERROR" : "COMPLETED";
  }

  private @Nullable String message(String stage) {
    if (!stage.equals("ERROR")) {
      return null;
    }
    return isCutOff ? "Job timeout" : course.failure();
  }

  /** Returns the events of its log so far, from the first on, as every connection gets them. */
  List<String> log(Instant now) {
    List<String> events = new ArrayList<>();
    Instant until = cancelledAt != null && cancelledAt.isBefore(now) ? cancelledAt : now;
    if (until.isBefore(startsAt)) {
      return events;
    }
    events.add(event("===== Job started at " + startsAt + " =====", startsAt));
    int count = course.log().size();
    for (int i = 0; i < count; i++) {
      Instant at = startsAt.plus(course.running().multipliedBy(i + 1).dividedBy(count + 1L));
      if (!at.isAfter(until) && at.isBefore(endsAt)) {
        events.add(event(course.log().get(i), at));
      }
    }
    return events;
  }

  private static String event(String text, Instant at) {
    return JsonObject.empty().put("data", text).put("timestamp", at.toString()).toString();
  }

  JsonObject toJson(Instant now) {
    String stage = stage(now);
    boolean started = !now.isBefore(startsAt);
    JsonObject person = JsonObject.empty().put("id", "5e9ecfc04957053f60648a3e").put("name", owner);
    JsonObject status =
        JsonObject.empty()
            .put("stage", stage)
            .put("message", message(stage))
            .put("failureCount", stage.equals("ERROR") ? 1 : 0);
    if (exposedUrl != null && stage.equals("RUNNING")) {
      status.put("exposeUrls", List.of(exposedUrl));
    }
    Instant end = cancelledAt == null ? endsAt : cancelledAt;
    boolean ended = !stage.equals("RUNNING") && !stage.equals("SCHEDULING");
    return JsonObject.empty()
        .put("type", "job")
        .put("id", id)
        .put("createdAt", createdAt.toString())
        .put("startedAt", started ? startsAt.toString() : null)
        .put("finishedAt", ended ? end.toString() : null)
        .put("dockerImage", order.findString("dockerImage").orElse(null))
        .put("spaceId", order.findString("spaceId").orElse(null))
        .put("command", order.list("command"))
        .put("arguments", order.list("arguments"))
        .put("environment", order.findObject("environment").orElse(JsonObject.empty()))
        .put("secrets", secretNames())
        .put("flavor", order.requireString("flavor"))
        .putIfPresent("timeoutSeconds", order.findLong("timeoutSeconds"))
        .put("attempts", 1)
        .put("labels", labels)
        .put("volumes", order.list("volumes"))
        .put("status", status)
        .put(
            "durations",
            JsonObject.empty().put("totalSecs", Duration.between(createdAt, now).toSeconds()))
        .put("owner", JsonObject.of(person.asMap()).put("type", "user"))
        .put("initiator", JsonObject.of(person.asMap()).put("type", "user"));
  }

  private List<String> secretNames() {
    return List.copyOf(order.findObject("secrets").orElse(JsonObject.empty()).asMap().keySet());
  }
}
