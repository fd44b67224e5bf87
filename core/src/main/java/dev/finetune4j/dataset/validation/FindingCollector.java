package dev.finetune4j.dataset.validation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Keeps a limited number of findings of each rule and counts all. Not thread-safe. */
final class FindingCollector {
  private final List<Finding> kept = new ArrayList<>();
  private final Map<String, Long> counts = new HashMap<>();
  private final Map<String, Integer> keptCounts = new HashMap<>();
  private final Set<String> without;
  private final int perRule;

  FindingCollector(Set<String> without, int perRule) {
    this.without = without;
    this.perRule = perRule;
  }

  void add(Finding finding) {
    if (without.contains(finding.ruleId())) {
      return;
    }
    counts.merge(finding.ruleId(), 1L, Long::sum);
    // Counted by severity as well: a thousand warnings must not hide the first error of a rule.
    if (keptCounts.merge(finding.severity() + finding.ruleId(), 1, Integer::sum) <= perRule) {
      kept.add(finding);
    }
  }

  void add(Severity severity, String rule, ExampleLocation at, String message, String suggestion) {
    add(new Finding(rule, severity, at, message, suggestion));
  }

  long count(String rule) {
    return counts.getOrDefault(rule, 0L);
  }

  /** Removes all findings of a rule. */
  void remove(String rule) {
    counts.remove(rule);
    kept.removeIf(finding -> finding.ruleId().equals(rule));
  }

  ValidationReport report(String dataset, long examples) {
    // The sort is stable: within a line, findings stay in the order in which the rules ran.
    kept.sort(Comparator.comparingLong(finding -> finding.at().line()));
    return new ValidationReport(dataset, examples, kept, counts);
  }
}
