package dev.finetune4j.simulator.huggingface;

import dev.finetune4j.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A Space of the simulated Hub whose program runs once and then pauses the Space. It is built as
 * soon as it has a Dockerfile. Guarded by the state.
 */
final class SimulatedSpace {
  final Set<String> secrets = new TreeSet<>();
  final Map<String, String> variables = new TreeMap<>();
  String hardware = "cpu-basic";
  long sleepSeconds = -1;
  private @Nullable Instant builtFrom;
  private @Nullable Instant pausedAt;
  private @Nullable HubJobScenario course;
  private Duration building = Duration.ZERO;
  private boolean settled;

  /** Starts to build, once. */
  void build(
      Instant now, Duration duration, Function<Map<String, String>, HubJobScenario> courses) {
    if (builtFrom == null) {
      builtFrom = now;
      building = duration;
      course = courses.apply(variables);
    }
  }

  void pause(Instant now) {
    pausedAt = now;
  }

  String stage(Instant now) {
    HubJobScenario known = course;
    if (pausedAt != null) {
      return "PAUSED";
    } else if (builtFrom == null || known == null) {
      return "NO_APP_FILE";
    } else if (now.isBefore(starts())) {
      return "BUILDING";
    } else if (now.isBefore(starts().plus(known.running()))) {
      return "RUNNING";
    }
    return known.failure().isEmpty() ? "PAUSED" : "RUNTIME_ERROR";
  }

  /** Returns the course once, after the program has ended well. */
  @Nullable HubJobScenario settle(Instant now) {
    boolean first = !settled && pausedAt == null && stage(now).equals("PAUSED");
    settled |= first;
    return first ? course : null;
  }

  /** Returns the events of its log so far, as every connection gets them. */
  List<String> log(Instant now) {
    List<String> events = new ArrayList<>();
    HubJobScenario known = course;
    if (known == null) {
      return events;
    }
    int count = known.log().size();
    for (int i = 0; i < count; i++) {
      Instant at = starts().plus(known.running().multipliedBy(i + 1).dividedBy(count + 1L));
      if (!at.isAfter(now)) {
        events.add(
            JsonObject.empty()
                .put("data", known.log().get(i))
                .put("timestamp", at.toString())
                .toString());
      }
    }
    return events;
  }

  JsonObject runtime(Instant now) {
    String stage = stage(now);
    JsonObject machine =
        JsonObject.empty()
            .put("current", stage.equals("RUNNING") ? hardware : null)
            .put("requested", hardware);
    return JsonObject.empty()
        .put("stage", stage)
        .put("hardware", machine)
        .put("storage", null)
        .put("gcTimeout", sleepSeconds < 0 ? null : sleepSeconds)
        .put("replicas", JsonObject.empty().put("requested", 1))
        .put("devMode", false)
        .putIfPresent(
            "errorMessage", stage.endsWith("ERROR") && course != null ? course.failure() : null)
        .put("domains", List.of());
  }

  private Instant starts() {
    return builtFrom == null ? Instant.MAX : builtFrom.plus(building);
  }
}
