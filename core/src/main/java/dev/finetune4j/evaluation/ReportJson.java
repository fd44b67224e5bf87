package dev.finetune4j.evaluation;

import dev.finetune4j.dataset.Fingerprint;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.json.JsonSyntaxException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

/** The JSON form of a report, version 1: both ways. */
final class ReportJson {
  private static final long VERSION = 1;

  private ReportJson() {}

  static JsonObject write(EvaluationReport report) {
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
            report.samples().stream().map(sample -> SampleJson.write(sample).asMap()).toList());
  }

  static EvaluationReport read(String json) {
    try {
      return read(Json.parseObject(json));
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new JsonSyntaxException("Not the report of an evaluation: " + e.getMessage());
    }
  }

  private static EvaluationReport read(JsonObject json) {
    if (json.requireLong("version") != VERSION) {
      throw new JsonSyntaxException(
          "This report has version "
              + json.requireLong("version")
              + "; this library reads version "
              + VERSION
              + ".");
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
