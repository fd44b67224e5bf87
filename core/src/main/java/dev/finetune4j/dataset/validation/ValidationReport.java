package dev.finetune4j.dataset.validation;

import java.util.List;

/**
 * What a validation found.
 *
 * @param dataset the name of the set
 * @param examplesChecked how many examples were read, broken ones included
 * @param findings all findings, by line
 */
public record ValidationReport(String dataset, long examplesChecked, List<Finding> findings) {

  /** Copies the list. */
  public ValidationReport {
    findings = List.copyOf(findings);
  }

  /** Returns whether nothing found is an error. */
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
}
