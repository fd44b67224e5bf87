package dev.finetune4j.dataset.validation;

import dev.finetune4j.error.FineTuningException;
import dev.finetune4j.error.Responsibility;

/** Thrown when data has errors that must be fixed before training. Carries every finding. */
public final class InvalidDatasetException extends FineTuningException {
  private static final long serialVersionUID = 1L;
  private static final int SHOWN = 5;

  private final transient ValidationReport report;

  /** Creates the exception from a report with errors; the message shows the first five. */
  public InvalidDatasetException(ValidationReport report) {
    super(describe(report), null);
    this.report = report;
  }

  /** Returns every finding. Null only after Java serialisation. */
  public ValidationReport report() {
    return report;
  }

  @Override
  public Responsibility responsibility() {
    return Responsibility.CALLER;
  }

  private static String describe(ValidationReport report) {
    long errors = report.findings().stream().filter(f -> f.severity() == Severity.ERROR).count();
    StringBuilder message = new StringBuilder();
    message
        .append(report.dataset())
        .append(" has ")
        .append(errors)
        .append(errors == 1 ? " error:" : " errors:");
    report.findings().stream()
        .filter(finding -> finding.severity() == Severity.ERROR)
        .limit(SHOWN)
        .forEach(finding -> message.append("\n  ").append(finding));
    if (errors > SHOWN) {
      message.append("\n  and ").append(errors - SHOWN).append(" more, in report()");
    }
    return message.toString();
  }
}
