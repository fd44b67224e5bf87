package dev.finetune4j.dataset.validation;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The result of a validation.
 *
 * @param dataset the name of the set
 * @param examplesChecked how many examples were read, broken ones included
 * @param findings the findings, by line; limited to the number per rule that the validator keeps
 * @param counts the number of findings by rule id, including findings that were not kept
 */
public record ValidationReport(
    String dataset, long examplesChecked, List<Finding> findings, Map<String, Long> counts) {

  /** Copies the collections. */
  public ValidationReport {
    findings = List.copyOf(findings);
    counts = Collections.unmodifiableMap(new TreeMap<>(counts));
  }

  /** Creates a report that keeps all findings. */
  public ValidationReport(String dataset, long examplesChecked, List<Finding> findings) {
    this(dataset, examplesChecked, findings, counted(findings));
  }

  private static Map<String, Long> counted(List<Finding> findings) {
    return findings.stream().collect(Collectors.groupingBy(Finding::ruleId, Collectors.counting()));
  }

  /** Returns whether no finding is an error. */
  public boolean isValid() {
    return findings.stream().noneMatch(finding -> finding.severity() == Severity.ERROR);
  }

  /**
   * Returns this report if it is valid.
   *
   * @throws InvalidDatasetException if it is not; the exception carries this report
   */
  public ValidationReport orThrow() {
    if (!isValid()) {
      throw new InvalidDatasetException(this);
    }
    return this;
  }

  /** Returns this report without the findings of a rule. */
  public ValidationReport without(String ruleId) {
    Map<String, Long> others = new TreeMap<>(counts);
    others.remove(ruleId);
    return new ValidationReport(
        dataset,
        examplesChecked,
        findings.stream().filter(finding -> !finding.ruleId().equals(ruleId)).toList(),
        others);
  }

  /** Returns the number of findings, including findings that were not kept. */
  public long totalFindings() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * Returns the report for people: a table of the rules with counts and first places, the most
   * serious first, and then the first five findings of each rule. {@link #toJsonLines} has all that
   * were kept.
   */
  public String toText() {
    return new FindingsText(this).toString();
  }

  /** Returns the findings as JSON, one object per line: {@link Finding#toJson}. */
  public String toJsonLines() {
    return findings.stream().map(finding -> finding.toJson() + "\n").collect(Collectors.joining());
  }

  /**
   * Writes the findings in the format of {@link #toJsonLines}.
   *
   * @throws UncheckedIOException if the file cannot be written
   */
  public void writeJsonLines(Path file) {
    try (BufferedWriter writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      for (Finding finding : findings) {
        writer.write(finding.toJson());
        writer.write('\n');
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
