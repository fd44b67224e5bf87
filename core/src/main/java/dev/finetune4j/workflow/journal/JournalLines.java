package dev.finetune4j.workflow.journal;

import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.json.JsonSyntaxException;
import dev.finetune4j.workflow.journal.JournalEntry.StepCompleted;
import dev.finetune4j.workflow.journal.JournalEntry.StepFailed;
import dev.finetune4j.workflow.journal.JournalEntry.StepStarted;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The text form of journal entries, version 1, and the rules of all journals; for authors of
 * journals. Every released version stays readable. No I/O.
 */
public final class JournalLines {
  private static final long VERSION = 1;
  private static final String TEXT_NAME = "(?!journal\\.)[A-Za-z0-9][A-Za-z0-9.-]{0,99}";

  private JournalLines() {}

  /** Returns an entry as JSON in one line. */
  public static String write(JournalEntry entry) {
    return encode(entry).toString();
  }

  /**
   * Parses a line.
   *
   * @param run the run, for messages
   * @throws JournalException if the line is damaged or from a newer release
   */
  public static JournalEntry read(RunId run, String line) {
    try {
      return decode(Json.parseObject(line));
    } catch (JsonSyntaxException | IllegalArgumentException | DateTimeException e) {
      throw new JournalException(
          "Cannot read a journal entry of run "
              + run
              + ": "
              + e.getMessage()
              + " The entry is damaged or was written by a newer release.",
          e);
    }
  }

  /**
   * Checks that an entry may follow the last one of its run.
   *
   * @param last the last entry; null if the run has none
   * @throws JournalException if it must not follow
   */
  public static void requireMayFollow(RunId run, @Nullable JournalEntry last, JournalEntry entry) {
    JournalTransition.require(run, last == null ? List.of() : List.of(last), entry);
  }

  /**
   * Checks the name of a stored text.
   *
   * @throws IllegalArgumentException if the name is invalid
   */
  public static void requireTextName(String name) {
    if (!name.matches(TEXT_NAME)) {
      throw new IllegalArgumentException(
          "Invalid name of a stored text \""
              + name
              + "\": use 1 to 100 letters, digits, hyphens and dots; begin with a letter or digit"
              + " and not with \"journal.\".");
    }
  }

  static JsonObject header() {
    return JsonObject.empty().put("format", "finetune4j-journal").put("version", VERSION);
  }

  static void requireKnownVersion(RunId run, JsonObject header) {
    long version = header.findLong("version").orElse(0);
    if (!header.findString("format").orElse("").equals("finetune4j-journal") || version < 1) {
      throw new JournalException(
          "The journal of run " + run + " was not written by this library. Use another run id.",
          null);
    }
    if (version > VERSION) {
      throw new JournalException(
          "The journal of run "
              + run
              + " has version "
              + version
              + "; this release reads up to version "
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
