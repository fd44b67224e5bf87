package dev.finetune4j.azure;

import dev.finetune4j.json.JsonObject;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A model as the resource manager names it: the date of a base model is its version, and every
 * tuned model has version 1.
 *
 * @param name without the date for a base model
 * @param version the date, or 1
 */
record ModelVersion(String name, String version) {
  private static final Pattern DATED = Pattern.compile("(.+?)-(\\d{4}-\\d{2}-\\d{2})");
  private static final String TUNED = ".ft-";

  /** Parses the name that jobs and checkpoints use. */
  static ModelVersion of(String model) {
    Matcher dated = DATED.matcher(model);
    return dated.matches()
        ? new ModelVersion(dated.group(1), dated.group(2))
        : new ModelVersion(model, "1");
  }

  static ModelVersion read(JsonObject model) {
    return new ModelVersion(
        model.findString("name").orElse("unknown"), model.findString("version").orElse("1"));
  }

  /** Returns the name that jobs and checkpoints use. */
  String whole() {
    return version.equals("1") || name.endsWith(version) ? name : name + "-" + version;
  }

  boolean isTuned() {
    return name.contains(TUNED) || name.matches("ftch?kpt[-_].*");
  }

  /** Returns the base model's dated name; the name itself if it is a base. */
  String base() {
    return whole().split(Pattern.quote(TUNED), 2)[0];
  }
}
