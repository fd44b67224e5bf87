package dev.finetune4j.evaluation;

import dev.finetune4j.dataset.Fingerprint;
import dev.finetune4j.grading.Grade;
import dev.finetune4j.inference.TokenUsage;
import dev.finetune4j.internal.json.Json;
import dev.finetune4j.internal.json.JsonObject;
import dev.finetune4j.internal.json.JsonSyntaxException;
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
        .put("samples", report.samples().stream().map(sample -> write(sample).asMap()).toList());
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
    json.objects("samples").forEach(sample -> report.sample(readSample(sample)));
    return report.build();
  }

  private static JsonObject write(SampleResult sample) {
    JsonObject grades = JsonObject.empty();
    sample.grades().forEach((grader, grade) -> grades.put(grader, write(grade)));
    return JsonObject.empty()
        .put("index", sample.index())
        .put("prompt", sample.prompt())
        .put("reference", sample.reference())
        .putIfPresent("answer", sample.answer())
        .putIfPresent("failure", sample.failure())
        .put("grades", grades)
        .put("promptTokens", sample.usage().promptTokens())
        .put("completionTokens", sample.usage().completionTokens())
        .put("latency", sample.latency().toString());
  }

  private static JsonObject write(Grade grade) {
    return JsonObject.empty()
        .put("score", grade.score())
        .put("passed", grade.passed())
        .putIfPresent("reason", grade.reason());
  }

  private static SampleResult readSample(JsonObject json) {
    SampleResult.Builder sample =
        SampleResult.builder(json.requireLong("index"))
            .prompt(json.requireString("prompt"))
            .reference(json.requireString("reference"))
            .answer(json.findString("answer").orElse(null))
            .failure(json.findString("failure").orElse(null))
            .usage(
                new TokenUsage(
                    json.requireLong("promptTokens"), json.requireLong("completionTokens")))
            .latency(Duration.parse(json.requireString("latency")));
    JsonObject grades = json.requireObject("grades");
    for (String grader : grades.asMap().keySet()) {
      sample.grade(grader, readGrade(grades.requireObject(grader)));
    }
    return sample.build();
  }

  private static Grade readGrade(JsonObject json) {
    boolean passed =
        json.findBoolean("passed")
            .orElseThrow(() -> new JsonSyntaxException("Member \"passed\" is missing."));
    return new Grade(json.requireDouble("score"), passed, json.findString("reason"));
  }
}
