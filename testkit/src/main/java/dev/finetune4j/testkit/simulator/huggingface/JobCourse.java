package dev.finetune4j.testkit.simulator.huggingface;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a job goes once it runs.
 *
 * @param running how long it runs
 * @param log what it says, spread evenly over that time
 * @param failure why it fails in the end; nothing if it does not
 * @param pushes what it commits to repositories when it ends: the text of each file by {@code
 *     models/owner/name/path}
 */
public record JobCourse(
    Duration running, List<String> log, String failure, Map<String, String> pushes) {

  /** Copies the collections. */
  public JobCourse {
    log = List.copyOf(log);
    pushes = Map.copyOf(pushes);
  }

  /** Returns the course of a job that says nothing and succeeds. */
  public static JobCourse of(Duration running) {
    return new JobCourse(running, List.of(), "", Map.of());
  }

  /** Returns this course with more to say. */
  public JobCourse saying(String... lines) {
    List<String> more = new ArrayList<>(log);
    more.addAll(List.of(lines));
    return new JobCourse(running, more, failure, pushes);
  }

  /** Returns this course with a bad end. */
  public JobCourse failing(String reason) {
    return new JobCourse(running, log, reason, pushes);
  }

  /** Returns this course with one more file that is there in the end. */
  public JobCourse pushing(String place, String text) {
    Map<String, String> more = new LinkedHashMap<>(pushes);
    more.put(place, text);
    return new JobCourse(running, log, failure, more);
  }
}
