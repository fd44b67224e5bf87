package dev.finetune4j.workflow.journal;

import dev.finetune4j.json.JsonObject;
import dev.finetune4j.json.JsonSyntaxException;
import dev.finetune4j.workflow.journal.JournalEntry.StepCompleted;
import dev.finetune4j.workflow.journal.JournalEntry.StepFailed;
import dev.finetune4j.workflow.journal.JournalEntry.StepStarted;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** The lines of a journal file, version 1. Every version that was ever released stays readable. */
final class JournalJson {
  private static final long VERSION = 1;

  private JournalJson() {}

  static JsonObject header() {
    return JsonObject.empty().put("format", "finetune4j-journal").put("version", VERSION);
  }

  static void requireKnownVersion(RunId run, JsonObject header) {
    long version = header.findLong("version").orElse(0);
    if (!header.findString("format").orElse("").equals("finetune4j-journal") || version < 1) {
      throw new JournalException(
          "The journal of run " + run + " is not one of this library.", null);
    }
    if (version > VERSION) {
      throw new JournalException(
          "The journal of run "
              + run
              + " has version "
              + version
              + ", and this library reads up to "
              + VERSION
              + ". Use a newer release.",
          null);
    }
  }

  static JsonObject encode(JournalEntry entry) {
    JsonObject json =
        JsonObject.empty()
            .put("entry", entry.getClass().getSimpleName())
            .put("step", entry.step().name())
            .put("at", entry.at().toString());
    if (entry instanceof StepStarted started) {
      json.put("input", started.inputFingerprint());
    } else if (entry instanceof StepCompleted completed) {
      json.put("result", completed.result());
    } else if (entry instanceof StepFailed failed) {
      json.put("reason", failed.reason()).put("retryable", failed.retryable());
    }
    return json;
  }

  static JournalEntry decode(JsonObject json) {
    Step step = Step.valueOf(json.requireString("step"));
    Instant at = Instant.parse(json.requireString("at"));
    String kind = json.requireString("entry");
    return switch (kind) {
      case "StepStarted" -> new StepStarted(step, at, json.requireString("input"));
      case "StepCompleted" -> new StepCompleted(step, at, texts(json.requireObject("result")));
      case "StepFailed" ->
          new StepFailed(
              step, at, json.requireString("reason"), json.findBoolean("retryable").orElse(false));
      default -> throw new JsonSyntaxException("Unknown journal entry \"" + kind + "\".");
    };
  }

  private static Map<String, String> texts(JsonObject json) {
    Map<String, String> texts = new LinkedHashMap<>();
    json.asMap().keySet().forEach(name -> texts.put(name, json.requireString(name)));
    return texts;
  }
}
