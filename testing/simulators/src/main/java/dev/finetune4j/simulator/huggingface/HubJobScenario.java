package dev.finetune4j.simulator.huggingface;

import dev.finetune4j.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a job does once it runs.
 *
 * @param running how long it runs
 * @param log its log lines, spread evenly over that time
 * @param failure why it fails at the end; empty if it succeeds
 * @param pushes what it commits to repositories when it ends: the text of each file by {@code
 *     models/owner/name/path}
 */
public record HubJobScenario(
    Duration running, List<String> log, String failure, Map<String, String> pushes) {

  /** Copies the collections. */
  public HubJobScenario {
    log = List.copyOf(log);
    pushes = Map.copyOf(pushes);
  }

  /** Returns the course of a job that says nothing and succeeds. */
  public static HubJobScenario of(Duration running) {
    return new HubJobScenario(running, List.of(), "", Map.of());
  }

  /**
   * Returns the course of a job that finetune4j ordered to train: twenty minutes, a loss that falls
   * in five steps, and an adapter in the repository that the order names. A job of another kind
   * says nothing for ten minutes and succeeds.
   */
  public static HubJobScenario training(JobOrder order) {
    String target = order.environment().get("FINETUNE4J_RESULT");
    if (target == null) {
      return of(Duration.ofMinutes(10));
    }
    HubJobScenario course = of(Duration.ofMinutes(20)).saying("Fetching the base");
    for (int step = 1; step <= 5; step++) {
      course = course.saying(metrics(step));
    }
    String base = order.environment().getOrDefault("FINETUNE4J_BASE_MODEL", "");
    String configuration =
        JsonObject.empty().put("base_model_name_or_path", base).put("r", 16).toString();
    return course
        .pushing("models/" + target + "/adapter_model.safetensors", "weights")
        .pushing("models/" + target + "/adapter_config.json", configuration);
  }

  private static String metrics(int step) {
    JsonObject event =
        JsonObject.empty()
            .put("id", "step-" + step)
            .put("at", "2026-01-01T00:00:00Z")
            .put("type", "metrics")
            .put("step", step)
            .put("values", JsonObject.empty().put("loss", 3.0 / step));
    return "finetune4j-event " + event;
  }

  /** Returns this course with more to say. */
  public HubJobScenario saying(String... lines) {
    List<String> more = new ArrayList<>(log);
    more.addAll(List.of(lines));
    return new HubJobScenario(running, more, failure, pushes);
  }

  /** Returns this course with a bad end. */
  public HubJobScenario failing(String reason) {
    return new HubJobScenario(running, log, reason, pushes);
  }

  /** Returns this course with one more file that is there in the end. */
  public HubJobScenario pushing(String place, String text) {
    Map<String, String> more = new LinkedHashMap<>(pushes);
    more.put(place, text);
    return new HubJobScenario(running, log, failure, more);
  }
}
