package dev.finetune4j.report;

import dev.finetune4j.dataset.validation.DatasetProfile;
import dev.finetune4j.dataset.validation.Finding;
import dev.finetune4j.dataset.validation.Severity;
import dev.finetune4j.dataset.validation.ValidationReport;
import dev.finetune4j.internal.page.Block;
import dev.finetune4j.internal.page.ColumnChart;
import dev.finetune4j.internal.page.Page;
import dev.finetune4j.token.TokenStatistics;
import dev.finetune4j.workflow.WorkflowResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The data sets, their token counts and the findings of the validation. */
final class DataSection {
  private static final int MOST_FINDINGS = 20;

  private DataSection() {}

  static Page.Section of(WorkflowResult result) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block.Table(List.of("Data", "Name", "#Examples", "Fingerprint"), sets(result)));
    TokenStatistics tokens = result.tokenStatistics();
    if (tokens.total() > 0 && !tokens.histogram().isEmpty()) {
      blocks.add(new Block.Figure(chart(tokens)));
    }
    blocks.addAll(findings(result.validationReports()));
    return new Page.Section("Data", blocks);
  }

  private static List<List<String>> sets(WorkflowResult result) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(row("Training", result.trainingProfile()));
    result.validationProfile().ifPresent(set -> rows.add(row("Validation", set)));
    rows.add(
        List.of(
            "Test",
            result.tunedReport().dataset(),
            Numbers.whole(result.tunedReport().samples().size()),
            result.tunedReport().fingerprint().shortForm()));
    return rows;
  }

  private static List<String> row(String use, DatasetProfile set) {
    return List.of(
        use, set.dataset(), Numbers.whole(set.examples()), set.fingerprint().shortForm());
  }

  private static ColumnChart chart(TokenStatistics tokens) {
    String quantiles =
        tokens.quantiles().stream()
            .map(
                quantile ->
                    String.format(
                        Locale.ROOT,
                        "%.0f %% have at most %,d",
                        100 * quantile.share(),
                        quantile.tokens()))
            .collect(Collectors.joining(", "));
    String description =
        String.format(
            Locale.ROOT,
            "%s tokens in %s, %,d to %,d each, %.0f on average; %s. Counted %s.",
            Numbers.whole(tokens.total()),
            Numbers.count(tokens.examples(), "example"),
            tokens.minimum(),
            tokens.maximum(),
            tokens.mean(),
            quantiles,
            tokens.exact() ? "with the model's own tokenizer" : "by an estimate");
    return new ColumnChart(
        "Tokens per training example",
        description,
        "tokens per example",
        tokens.minimum(),
        tokens.maximum(),
        tokens.histogram());
  }

  static List<Block> findings(List<ValidationReport> reports) {
    List<Finding> all = reports.stream().flatMap(it -> it.findings().stream()).toList();
    if (all.isEmpty()) {
      return List.of(new Block.Paragraph("The validation found no problems."));
    }
    List<List<String>> rows = new ArrayList<>();
    for (ValidationReport report : reports) {
      report.findings().forEach(finding -> rows.add(row(report, finding)));
    }
    rows.sort(Comparator.comparing(row -> Severity.valueOf(row.get(0))));
    String shown = rows.size() > MOST_FINDINGS ? " The first " + MOST_FINDINGS + " are shown." : "";
    return List.of(
        new Block.Paragraph(
            "The validation found %s, %s and %s.%s"
                .formatted(
                    count(all, Severity.ERROR, "error"),
                    count(all, Severity.WARNING, "warning"),
                    count(all, Severity.NOTE, "note"),
                    shown)),
        new Block.Table(
            List.of("Severity", "Where", "Rule", "Finding and suggestion"),
            rows.stream().limit(MOST_FINDINGS).toList()));
  }

  private static List<String> row(ValidationReport report, Finding finding) {
    return List.of(
        finding.severity().name(),
        report.dataset() + ", " + finding.at(),
        finding.ruleId(),
        finding.message() + " " + finding.suggestion());
  }

  private static String count(List<Finding> all, Severity severity, String word) {
    long number = all.stream().filter(finding -> finding.severity() == severity).count();
    return Numbers.count(number, word);
  }
}
