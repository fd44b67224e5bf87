package dev.finetune4j.workflow;

import dev.finetune4j.dataset.Fingerprint;
import dev.finetune4j.dataset.validation.DatasetProfile;
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

/** Validation reports and data profiles as JSON, as stored beside a journal. */
final class ValidationJson {

  private ValidationJson() {}

  static String write(PlanData data, List<ValidationReport> reports) {
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
        .put("training", write(data.training()).asMap())
        .putIfPresent("validation", data.validation().map(set -> write(set).asMap()))
        .put("test", write(data.test()).asMap())
        .toString();
  }

  /** Reads the profiles; their findings are in the reports. */
  static PlanData readData(String text) {
    JsonObject json = Json.parseObject(text);
    return new PlanData(
        readProfile(json.requireObject("training")),
        json.findObject("validation").map(ValidationJson::readProfile),
        readProfile(json.requireObject("test")));
  }

  private static JsonObject write(DatasetProfile profile) {
    return JsonObject.empty()
        .put("dataset", profile.dataset())
        .put("examples", profile.examples())
        .put("bytes", profile.bytes())
        .put("fingerprint", profile.fingerprint().value())
        .put("tokens", write(profile.tokens()).asMap())
        .put("trained_tokens", profile.trainedTokens());
  }

  private static DatasetProfile readProfile(JsonObject json) {
    String name = json.requireString("dataset");
    long examples = json.requireLong("examples");
    return new DatasetProfile(
        name,
        examples,
        json.requireLong("bytes"),
        new Fingerprint(json.requireString("fingerprint")),
        readTokens(json.requireObject("tokens")),
        json.requireLong("trained_tokens"),
        new ValidationReport(name, examples, List.of()),
        List.of());
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

  private static TokenStatistics readTokens(JsonObject json) {
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
        json.findLong("margin").orElse(0),
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
        .put("margin", tokens.margin())
        .put("exact", tokens.exact());
  }
}
