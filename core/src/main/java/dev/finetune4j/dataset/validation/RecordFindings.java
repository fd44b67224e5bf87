package dev.finetune4j.dataset.validation;

import dev.finetune4j.dataset.format.RecordProblems;
import java.util.ArrayList;
import java.util.List;

/** Collects the findings of one record. Not thread-safe. */
final class RecordFindings implements RecordProblems {
  private final List<Finding> findings = new ArrayList<>(0);
  private ExampleLocation at = ExampleLocation.wholeSet();

  void begin(long line) {
    at = ExampleLocation.line(line);
  }

  ExampleLocation place() {
    return at;
  }

  @Override
  public void error(String rule, String path, String message, String suggestion) {
    add(rule, Severity.ERROR, path, message, suggestion);
  }

  @Override
  public void warning(String rule, String path, String message, String suggestion) {
    add(rule, Severity.WARNING, path, message, suggestion);
  }

  @Override
  public void note(String rule, String path, String message, String suggestion) {
    add(rule, Severity.NOTE, path, message, suggestion);
  }

  void addAll(List<Finding> more) {
    findings.addAll(more);
  }

  /** Returns what was collected since the last call. */
  List<Finding> take() {
    if (findings.isEmpty()) {
      return List.of();
    }
    List<Finding> taken = List.copyOf(findings);
    findings.clear();
    return taken;
  }

  private void add(String rule, Severity severity, String path, String message, String suggestion) {
    findings.add(new Finding(rule, severity, at.at(path), message, suggestion));
  }
}
