package dev.finetune4j.workflow;

import dev.finetune4j.dataset.validation.ExampleLocation;
import dev.finetune4j.dataset.validation.Finding;
import dev.finetune4j.dataset.validation.Severity;
import dev.finetune4j.dataset.validation.ValidationReport;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.token.TokenStatistics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Validation reports and token statistics as JSON, as stored beside a journal. */
final class ValidationJson {

  private ValidationJson() {}

  static String write(List<ValidationReport> reports, TokenStatistics tokens) {
    List<Map<String, @Nullable Object>> written = new ArrayList<>();
    for (ValidationReport report : reports) {
      written.add(
          JsonObject.empty()
              .put("dataset", report.dataset())
              .put("examples", report.examplesChecked())
              .put("counts", report.counts())
              .put("findings", report.findings().stream().map(ValidationJson::write).toList())
              .asMap());
    }
    return JsonObject.empty()
        .put("reports", written)
        .put("tokens", write(tokens).asMap())
        .toString();
  }

  static List<ValidationReport> readReports(String text) {
    List<ValidationReport> reports = new ArrayList<>();
    for (JsonObject report : Json.parseObject(text).objects("reports")) {
      reports.add(
          new ValidationReport(
              report.requireString("dataset"),
              report.requireLong("examples"),
              report.objects("findings").stream().map(ValidationJson::readFinding).toList(),
              readCounts(report)));
    }
    return reports;
  }

  static TokenStatistics readTokens(String text) {
    JsonObject json = Json.parseObject(text).requireObject("tokens");
    return new TokenStatistics(
        json.requireLong("examples"),
        json.requireLong("total"),
        json.requireLong("minimum"),
        json.requireLong("maximum"),
        json.objects("quantiles").stream()
            .map(
                q ->
                    new TokenStatistics.Quantile(q.requireDouble("share"), q.requireLong("tokens")))
            .toList(),
        json.list("histogram").stream().map(n -> Long.valueOf(String.valueOf(n))).toList(),
        json.findBoolean("exact").orElse(false));
  }

  private static Map<String, Long> readCounts(JsonObject report) {
    Map<String, Long> counts = new TreeMap<>();
    report
        .findObject("counts")
        .ifPresent(
            json ->
                json.asMap().keySet().forEach(rule -> counts.put(rule, json.requireLong(rule))));
    return counts;
  }

  private static Map<String, @Nullable Object> write(Finding finding) {
    return JsonObject.empty()
        .put("rule", finding.ruleId())
        .put("severity", finding.severity().name())
        .put("line", finding.at().line())
        .put("path", finding.at().path())
        .put("message", finding.message())
        .put("cure", finding.suggestion())
        .asMap();
  }

  private static Finding readFinding(JsonObject json) {
    return new Finding(
        json.requireString("rule"),
        Severity.valueOf(json.requireString("severity")),
        new ExampleLocation(json.requireLong("line"), json.requireString("path")),
        json.requireString("message"),
        json.requireString("cure"));
  }

  private static JsonObject write(TokenStatistics tokens) {
    List<Map<String, @Nullable Object>> quantiles = new ArrayList<>();
    tokens
        .quantiles()
        .forEach(
            q ->
                quantiles.add(
                    JsonObject.empty().put("share", q.share()).put("tokens", q.tokens()).asMap()));
    return JsonObject.empty()
        .put("examples", tokens.examples())
        .put("total", tokens.total())
        .put("minimum", tokens.minimum())
        .put("maximum", tokens.maximum())
        .put("quantiles", quantiles)
        .put("histogram", tokens.histogram())
        .put("exact", tokens.exact());
  }
}
