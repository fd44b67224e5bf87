package dev.finetune4j.evaluation;

import dev.finetune4j.dataset.Fingerprint;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.json.JsonSyntaxException;
import dev.finetune4j.storage.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

/**
 * A report as a JSON file that includes every sample. Reading returns a report equal to the one
 * that was written. Stateless.
 */
public final class EvaluationReportFile {
  private static final long VERSION = 1;

  private EvaluationReportFile() {}

  /**
   * Writes {@code report}, replacing any older file. A reader sees the old file or the new one,
   * never a part, even after a crash. Creates the folder if necessary.
   *
   * @throws UncheckedIOException if the file cannot be written
   */
  public static void write(Path file, EvaluationReport report) {
    try {
      Path target = file.toAbsolutePath().normalize();
      Files.createDirectories(target.resolveSibling(""));
      AtomicFile.write(target, toJson(report));
    } catch (IOException e) {
      throw new UncheckedIOException("Could not write the evaluation to " + file, e);
    }
  }

  /**
   * Reads a report.
   *
   * @throws UncheckedIOException if the file does not exist or cannot be read
   * @throws dev.finetune4j.error.FineTuningException if the file is not an evaluation report
   */
  public static EvaluationReport read(Path file) {
    try {
      return fromJson(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException("Could not read an evaluation from " + file, e);
    }
  }

  /** Returns the report as a JSON object. */
  public static String toJson(EvaluationReport report) {
    return JsonObject.empty()
        .put("version", VERSION)
        .put("name", report.name())
        .put("dataset", report.dataset())
        .put("fingerprint", report.fingerprint().value())
        .put("graders", report.graders())
        .put("startedAt", report.startedAt().toString())
        .put("wallDuration", report.wallDuration().toString())
        .put(
            "samples",
            report.samples().stream().map(sample -> SampleJson.write(sample).asMap()).toList())
        .toString();
  }

  /**
   * Returns the report that {@link #toJson} wrote.
   *
   * @throws dev.finetune4j.error.FineTuningException if the text is not an evaluation report
   */
  public static EvaluationReport fromJson(String json) {
    try {
      return read(Json.parseObject(json));
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new JsonSyntaxException("Not an evaluation report: " + e.getMessage());
    }
  }

  private static EvaluationReport read(JsonObject json) {
    if (json.requireLong("version") != VERSION) {
      throw new JsonSyntaxException(
          "This report has version %s; this library reads version %s."
              .formatted(json.requireLong("version"), VERSION));
    }
    EvaluationReport.Builder report =
        EvaluationReport.builder(json.requireString("name"))
            .dataset(
                json.requireString("dataset"), new Fingerprint(json.requireString("fingerprint")))
            .startedAt(Instant.parse(json.requireString("startedAt")))
            .wallDuration(Duration.parse(json.requireString("wallDuration")));
    json.list("graders").forEach(grader -> report.grader(String.valueOf(grader)));
    json.objects("samples").forEach(sample -> report.sample(SampleJson.read(sample)));
    return report.build();
  }
}
