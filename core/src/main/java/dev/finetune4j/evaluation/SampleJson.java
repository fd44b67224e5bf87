package dev.finetune4j.evaluation;

import dev.finetune4j.grading.Grade;
import dev.finetune4j.inference.TokenUsage;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.json.JsonSyntaxException;
import java.time.Duration;

/** Writes samples, their keys and their grades as JSON, and reads them. */
final class SampleJson {
  private SampleJson() {}

  static JsonObject write(SampleResult sample) {
    JsonObject grades = JsonObject.empty();
    sample.grades().forEach((grader, grade) -> grades.put(grader, write(grade)));
    JsonObject json = JsonObject.empty().put("index", sample.index());
    if (sample.repetition() != 0) {
      json.put("repetition", (long) sample.repetition());
    }
    if (!sample.tags().isEmpty()) {
      json.put("tags", sample.tags());
    }
    if (!sample.wasAsked()) {
      json.put("asked", false);
    }
    return json.put("prompt", sample.prompt())
        .put("reference", sample.reference())
        .putIfPresent("answer", sample.answer())
        .putIfPresent("failure", sample.failure())
        .put("grades", grades)
        .put("promptTokens", sample.usage().promptTokens())
        .put("completionTokens", sample.usage().completionTokens())
        .put("latency", sample.latency().toString());
  }

  static SampleResult read(JsonObject json) {
    SampleResult.Builder sample =
        SampleResult.builder(json.requireLong("index"))
            .repetition(Math.toIntExact(json.findLong("repetition").orElse(0)))
            .prompt(json.requireString("prompt"))
            .reference(json.requireString("reference"))
            .answer(json.findString("answer").orElse(null))
            .failure(json.findString("failure").orElse(null))
            .usage(
                new TokenUsage(
                    json.requireLong("promptTokens"), json.requireLong("completionTokens")))
            .latency(Duration.parse(json.requireString("latency")));
    if (!json.findBoolean("asked").orElse(true)) {
      sample.notAsked(json.requireString("failure"));
    }
    json.findObject("tags")
        .ifPresent(tags -> tags.asMap().forEach((n, v) -> sample.tag(n, String.valueOf(v))));
    JsonObject grades = json.requireObject("grades");
    for (String grader : grades.asMap().keySet()) {
      sample.grade(grader, readGrade(grades.requireObject(grader)));
    }
    return sample.build();
  }

  static JsonObject write(Grade grade) {
    return JsonObject.empty()
        .put("score", grade.score())
        .put("passed", grade.passed())
        .putIfPresent("reason", grade.reason());
  }

  static Grade readGrade(JsonObject json) {
    boolean passed =
        json.findBoolean("passed")
            .orElseThrow(() -> new JsonSyntaxException("Member \"passed\" is missing."));
    return new Grade(json.requireDouble("score"), passed, json.findString("reason"));
  }

  static JsonObject write(SampleKey key) {
    return JsonObject.empty().put("index", key.index()).put("repetition", (long) key.repetition());
  }

  static SampleKey readKey(JsonObject json) {
    return new SampleKey(
        json.requireLong("index"), Math.toIntExact(json.requireLong("repetition")));
  }
}
