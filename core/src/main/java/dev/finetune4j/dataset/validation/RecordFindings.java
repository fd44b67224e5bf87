package dev.finetune4j.dataset.validation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Collects the findings of one record. Not thread-safe. */
final class RecordFindings {
  private final List<Finding> findings = new ArrayList<>(0);
  private UnaryOperator<String> locate = UnaryOperator.identity();
  private ExampleLocation at = ExampleLocation.wholeSet();

  void begin(long line) {
    at = ExampleLocation.line(line);
    locate = UnaryOperator.identity();
  }

  /** Translates the paths of findings that are added to this record from now on. */
  void translate(UnaryOperator<String> paths) {
    locate = paths;
  }

  ExampleLocation place() {
    return at;
  }

  void error(String rule, String path, String message, String suggestion) {
    add(rule, Severity.ERROR, path, message, suggestion);
  }

  void warning(String rule, String path, String message, String suggestion) {
    add(rule, Severity.WARNING, path, message, suggestion);
  }

  void note(String rule, String path, String message, String suggestion) {
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

  int size() {
    return findings.size();
  }

  private void add(String rule, Severity severity, String path, String message, String suggestion) {
    findings.add(new Finding(rule, severity, at.at(locate.apply(path)), message, suggestion));
  }
}
