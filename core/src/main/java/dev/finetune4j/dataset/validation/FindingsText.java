package dev.finetune4j.dataset.validation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A report for people: a table of the rules with their first places, the most serious first, then
 * the first findings of each rule, so that a thousand repeats do not bury one error.
 */
final class FindingsText {
  /** So many findings of a rule are written out. */
  static final int SHOWN = 5;

  private static final int PLACES = 3;

  private final ValidationReport report;
  private final Map<String, List<Finding>> rules = new LinkedHashMap<>();

  FindingsText(ValidationReport report) {
    this.report = report;
    Map<String, List<Finding>> byRule =
        report.findings().stream().collect(Collectors.groupingBy(Finding::ruleId));
    report.counts().keySet().stream()
        .sorted(
            Comparator.<String, Severity>comparing(
                    rule -> worst(byRule.getOrDefault(rule, List.of())))
                .thenComparing(rule -> -count(rule))
                .thenComparing(rule -> rule))
        .forEach(rule -> rules.put(rule, byRule.getOrDefault(rule, List.of())));
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(report.dataset())
        .append(": ")
        .append(count(report.examplesChecked(), "example"))
        .append(" checked, ")
        .append(count(report.totalFindings(), "finding"))
        .append('\n');
    if (report.totalFindings() > SHOWN && rules.size() > 1) {
      text.append('\n');
      rules.forEach((rule, findings) -> text.append(row(rule, findings)));
      text.append('\n');
    }
    rules.forEach(
        (rule, findings) -> {
          List<Finding> first = first(findings);
          first.forEach(finding -> text.append(finding).append('\n'));
          long rest = count(rule) - first.size();
          if (rest > 0) {
            text.append("and ").append(rest).append(" more of [").append(rule).append("]\n");
          }
        });
    return text.toString();
  }

  private String row(String rule, List<Finding> findings) {
    List<String> places = new ArrayList<>();
    findings.stream()
        .map(finding -> finding.at().line())
        .distinct()
        .limit(PLACES)
        .forEach(line -> places.add(line == 0 ? "whole set" : "line " + line));
    if (count(rule) > places.size()) {
      places.add("...");
    }
    return String.format(
        Locale.ROOT,
        "%-8s%7d  %-26s  %s\n",
        worst(findings),
        count(rule),
        rule,
        String.join(", ", places));
  }

  /** Returns the errors of a rule before its warnings, each in the order of the lines. */
  private static List<Finding> first(List<Finding> findings) {
    return findings.stream().sorted(Comparator.comparing(Finding::severity)).limit(SHOWN).toList();
  }

  private static Severity worst(List<Finding> findings) {
    return findings.stream()
        .map(Finding::severity)
        .min(Comparator.naturalOrder())
        .orElse(Severity.NOTE);
  }

  private long count(String rule) {
    return report.counts().getOrDefault(rule, 0L);
  }

  private static String count(long number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }
}
