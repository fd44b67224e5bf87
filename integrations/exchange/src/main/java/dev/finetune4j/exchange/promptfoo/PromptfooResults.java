package dev.finetune4j.exchange.promptfoo;

import dev.finetune4j.dataset.DataFileException;
import dev.finetune4j.evaluation.EvaluationReport;
import dev.finetune4j.evaluation.SampleResult;
import dev.finetune4j.grading.Grade;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reports as a file of results that {@code promptfoo import} reads, so that they can be looked at
 * in its viewer: one column for each report, one row for each sample. Stateless.
 */
public final class PromptfooResults {
  private static final String PROMPT = "{{prompt}}";

  private PromptfooResults() {}

  /**
   * Writes the results.
   *
   * @param reports reports on the same data set
   * @throws IllegalArgumentException if {@code reports} is empty, or the reports are of different
   *     data sets
   * @throws DataFileException if the file cannot be written
   */
  public static void write(Path file, List<EvaluationReport> reports) {
    try {
      Path target = file.toAbsolutePath().normalize();
      Files.createDirectories(target.resolveSibling(""));
      Files.writeString(target, toJson(reports));
    } catch (IOException e) {
      throw new DataFileException("write", file, e);
    }
  }

  /**
   * Returns the results as JSON.
   *
   * @throws IllegalArgumentException if {@code reports} is empty, or the reports are of different
   *     data sets
   */
  public static String toJson(List<EvaluationReport> reports) {
    if (reports.stream().map(EvaluationReport::fingerprint).distinct().count() != 1) {
      throw new IllegalArgumentException(
          "Give reports of one data set; these are "
              + reports.stream().map(EvaluationReport::dataset).distinct().toList()
              + ".");
    }
    EvaluationReport first = reports.get(0);
    String moment = first.startedAt().toString();
    List<Object> prompts = new ArrayList<>();
    List<Object> results = new ArrayList<>();
    for (int i = 0; i < reports.size(); i++) {
      prompts.add(prompt(reports.get(i)).asMap());
      int row = 0;
      for (SampleResult sample : reports.get(i).samples()) {
        results.add(result(reports.get(i), sample, i, row++).asMap());
      }
    }
    JsonObject inner =
        JsonObject.empty()
            .put("version", 3)
            .put("timestamp", moment)
            .put("prompts", prompts)
            .put("results", results)
            .put("stats", JsonObject.empty());
    JsonObject root =
        JsonObject.empty()
            .put("evalId", "finetune4j-" + first.fingerprint().shortForm())
            .put("results", inner)
            .put("config", JsonObject.empty().put("description", first.dataset()))
            .put("metadata", JsonObject.empty().put("evaluationCreatedAt", moment));
    return Json.write(root.asMap());
  }

  private static JsonObject prompt(EvaluationReport report) {
    long passed = report.samples().stream().filter(PromptfooResults::passed).count();
    long errors = report.unanswered();
    JsonObject scores = JsonObject.empty();
    report.scores().forEach(score -> scores.put(score.grader(), score.mean() * score.samples()));
    JsonObject metrics =
        JsonObject.empty()
            .put("score", report.samples().stream().mapToDouble(PromptfooResults::score).sum())
            .put("testPassCount", passed)
            .put("testFailCount", report.samples().size() - passed - errors)
            .put("testErrorCount", errors)
            .put("assertPassCount", 0)
            .put("assertFailCount", 0)
            .put("totalLatencyMs", 0)
            .put("namedScores", scores)
            .put("namedScoresCount", JsonObject.empty())
            .put("cost", 0);
    return JsonObject.empty()
        .put("raw", PROMPT)
        .put("label", report.name())
        .put("provider", "finetune4j:" + report.name())
        .put("metrics", metrics);
  }

  private static JsonObject result(
      EvaluationReport report, SampleResult sample, int column, int row) {
    JsonObject variables =
        JsonObject.empty().put("prompt", sample.prompt()).put("reference", sample.reference());
    JsonObject scores = JsonObject.empty();
    List<Object> components = new ArrayList<>();
    for (Map.Entry<String, Grade> entry : sample.grades().entrySet()) {
      scores.put(entry.getKey(), entry.getValue().score());
      components.add(component(entry.getKey(), entry.getValue()).asMap());
    }
    JsonObject tokens =
        JsonObject.empty()
            .put("prompt", sample.usage().promptTokens())
            .put("completion", sample.usage().completionTokens())
            .put("total", sample.usage().promptTokens() + sample.usage().completionTokens());
    JsonObject response =
        JsonObject.empty().putIfPresent("output", sample.answer()).put("tokenUsage", tokens);
    JsonObject result =
        JsonObject.empty()
            .put("promptIdx", column)
            .put("testIdx", row)
            .put("testCase", JsonObject.empty().put("vars", variables))
            .put("promptId", "finetune4j-" + column)
            .put("provider", provider(report))
            .put("prompt", prompt(sample, report))
            .put("vars", variables)
            .put("response", response)
            .put("success", passed(sample))
            .put("score", score(sample))
            .put("latencyMs", sample.latency().toMillis())
            .put("namedScores", scores)
            .put("failureReason", sample.answer().isEmpty() ? 2 : passed(sample) ? 0 : 1);
    sample.failure().ifPresent(failure -> result.put("error", failure));
    return result.put(
        "gradingResult",
        JsonObject.empty()
            .put("pass", passed(sample))
            .put("score", score(sample))
            .put("reason", sample.failure().orElse(passed(sample) ? "passed" : "failed"))
            .put("namedScores", scores)
            .put("componentResults", components));
  }

  private static JsonObject provider(EvaluationReport report) {
    return JsonObject.empty().put("id", "finetune4j:" + report.name()).put("label", report.name());
  }

  private static JsonObject prompt(SampleResult sample, EvaluationReport report) {
    return JsonObject.empty().put("raw", sample.prompt()).put("label", report.name());
  }

  private static JsonObject component(String grader, Grade grade) {
    return JsonObject.empty()
        .put("pass", grade.passed())
        .put("score", grade.score())
        .put("reason", grade.reason().orElse(grade.passed() ? "passed" : "failed"))
        .put("assertion", JsonObject.empty().put("type", "javascript").put("metric", grader));
  }

  private static boolean passed(SampleResult sample) {
    return sample.failure().isEmpty() && sample.grades().values().stream().allMatch(Grade::passed);
  }

  private static double score(SampleResult sample) {
    return sample.grades().values().stream().mapToDouble(Grade::score).average().orElse(0);
  }
}
