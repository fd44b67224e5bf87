package dev.finetune4j.workflow;

import dev.finetune4j.dataset.validation.DatasetProfile;
import dev.finetune4j.dataset.validation.Finding;
import dev.finetune4j.dataset.validation.Severity;
import dev.finetune4j.dataset.validation.ValidationReport;
import dev.finetune4j.decision.StudyPlan;
import dev.finetune4j.workflow.journal.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Refuses data with errors before anything is sent. */
final class ValidateStep implements WorkflowStep {
  private static final String VALIDATION = "validation.json";
  private static final String LEAK = "leakage-exact";
  private static final String STUDY = "study.json";

  /** Returns the profiles that a run stored when it had validated its data. */
  static PlanData readProfiles(RunState run) {
    return ValidationJson.readData(run.require(VALIDATION));
  }

  @Override
  public Step step() {
    return Step.VALIDATE;
  }

  @Override
  public Map<String, String> perform(RunState run) {
    PlanData data = run.data();
    List<ValidationReport> reports = new ArrayList<>();
    reports.add(data.training().validation());
    data.validation().map(DatasetProfile::validation).ifPresent(reports::add);
    List<ValidationReport> leaks = data.training().leakage();
    reports.add(run.plan().allowsLeakedTestData() ? leaks.get(0) : strict(leaks.get(0)));
    reports.addAll(leaks.subList(1, leaks.size()));
    if (reports.stream().allMatch(ValidationReport::isValid)) {
      // A retriever may send the test questions to a paid model, so the data is found good first.
      run.plan().baselines().stream()
          .map(baseline -> baseline.leakage(run.testData()))
          .filter(report -> report.totalFindings() > 0)
          .forEach(reports::add);
    }
    StudyPlan study =
        StudyPlan.of(run.plan().policy(), data.test().examples(), run.plan().baselines().size());
    run.store(STUDY, study.json());
    run.store(VALIDATION, ValidationJson.write(data, reports));
    reports.forEach(ValidationReport::orThrow);
    return Map.of(
        "examples", String.valueOf(data.training().examples()),
        "warnings", String.valueOf(count(reports, Severity.WARNING)),
        "study", String.join(" ", study.sentences()));
  }

  /**
   * Makes an error of each prompt of the test data in the training data: a run would pay for a
   * decision that proves nothing.
   */
  private static ValidationReport strict(ValidationReport leaks) {
    return new ValidationReport(
        leaks.dataset(),
        leaks.examplesChecked(),
        leaks.findings().stream().map(ValidateStep::strict).toList(),
        leaks.counts());
  }

  private static Finding strict(Finding leak) {
    return leak.ruleId().equals(LEAK)
        ? new Finding(
            LEAK,
            Severity.ERROR,
            leak.at(),
            leak.message(),
            "Remove it from the training data, or accept it with"
                + " FineTuningPlan.Builder.allowLeakedTestData.")
        : leak;
  }

  @Override
  public void restore(RunState run, Map<String, String> result) {
    run.validationReports = ValidationJson.readReports(run.require(VALIDATION));
    run.study = run.load(STUDY).map(StudyPlan::parse).orElse(null);
  }

  private static long count(List<ValidationReport> reports, Severity severity) {
    return reports.stream()
        .flatMap(report -> report.findings().stream())
        .filter(finding -> finding.severity() == severity)
        .count();
  }
}
