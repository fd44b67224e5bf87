package dev.finetune4j.exchange.promptfoo;

import dev.finetune4j.exchange.Findings;
import dev.finetune4j.json.JsonObject;
import java.util.List;

/** Reports members of a configuration that are not used here, so that none is lost in silence. */
final class Members {
  private Members() {}

  static void report(JsonObject json, String place, Findings findings, String... used) {
    for (String name : json.asMap().keySet()) {
      if (!List.of(used).contains(name) && !List.of("description", "metadata").contains(name)) {
        findings.warning(
            "member-not-used",
            place + "." + name,
            "\"" + name + "\" is not used here; promptfoo may measure something else.",
            "Check whether it changes prompts, answers or grades, and take it out if not.");
      }
    }
  }
}
