package dev.finetune4j.dataset.validation;

import dev.finetune4j.json.JsonObject;
import java.util.Locale;

/**
 * Something that is, or may be, wrong with the data.
 *
 * @param ruleId the rule that found it, stable, in lower case with hyphens: {@code
 *     missing-assistant-message}
 * @param severity how bad it is
 * @param at where it is
 * @param message what is wrong, one sentence
 * @param suggestion what to do about it, one sentence
 */
public record Finding(
    String ruleId, Severity severity, ExampleLocation at, String message, String suggestion) {

  /**
   * Returns the finding as one JSON object: {@code line} (0 for the whole set), {@code path},
   * {@code severity} in lower case, {@code rule}, {@code message} and {@code suggestion}.
   */
  public String toJson() {
    return JsonObject.empty()
        .put("line", at.line())
        .put("path", at.path())
        .put("severity", severity.name().toLowerCase(Locale.ROOT))
        .put("rule", ruleId)
        .put("message", message)
        .put("suggestion", suggestion)
        .toString();
  }

  /** Returns the finding as one readable line. */
  @Override
  public String toString() {
    return severity + " " + at + " [" + ruleId + "] " + message + " " + suggestion;
  }
}
