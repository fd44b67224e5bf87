package dev.finetune4j.baseline;

import dev.finetune4j.dataset.validation.ValidationReport;
import dev.finetune4j.error.FineTuningException;
import dev.finetune4j.error.Responsibility;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Thrown when a baseline would show the model examples of the test set. Nothing was asked. Carries
 * every finding.
 */
public final class LeakageException extends FineTuningException {
  private static final long serialVersionUID = 1L;
  private static final int SHOWN = 3;

  private final transient List<ValidationReport> reports;

  /** Makes the exception from reports that have findings; the message shows three of each. */
  public LeakageException(List<ValidationReport> reports) {
    super(describe(reports), null);
    this.reports = List.copyOf(reports);
  }

  /** Returns the reports of the baselines that leak. Null only after Java serialisation. */
  public List<ValidationReport> reports() {
    return reports;
  }

  @Override
  public Responsibility responsibility() {
    return Responsibility.CALLER;
  }

  private static String describe(List<ValidationReport> reports) {
    return "Baselines would show the model examples of the test set:\n"
        + reports.stream().map(LeakageException::describe).collect(Collectors.joining("\n"));
  }

  private static String describe(ValidationReport report) {
    String first =
        report.findings().stream()
            .limit(SHOWN)
            .map(finding -> "\n  " + finding)
            .collect(Collectors.joining());
    return report.dataset() + ": " + report.totalFindings() + " finding(s)" + first;
  }
}
