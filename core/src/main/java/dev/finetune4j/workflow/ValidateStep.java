package dev.finetune4j.workflow;

import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.Example;
import dev.finetune4j.dataset.validation.LeakageCheck;
import dev.finetune4j.dataset.validation.Severity;
import dev.finetune4j.dataset.validation.ValidationReport;
import dev.finetune4j.token.TokenStatistics;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.TrainingMethod;
import dev.finetune4j.workflow.journal.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Checks all data before anything is sent. */
final class ValidateStep implements WorkflowStep {
  private static final String VALIDATION = "validation.json";

  @Override
  public Step step() {
    return Step.VALIDATE;
  }

  @Override
  public Map<String, String> perform(RunState run) {
    FineTuningRequest request = run.plan().request();
    List<ValidationReport> reports = new ArrayList<>();
    reports.add(validate(run, request.method(), request.trainingData()));
    request.validationData().ifPresent(data -> reports.add(validate(run, request.method(), data)));
    reports.add(leakage(request.trainingData(), run.plan().testData()));
    request.validationData().ifPresent(data -> reports.add(leakage(request.trainingData(), data)));
    run.plan().baselines().stream()
        .map(baseline -> baseline.leakage(run.plan().testData()))
        .filter(report -> report.totalFindings() > 0)
        .forEach(reports::add);
    TokenStatistics tokens =
        TokenStatistics.measure(
            request.trainingData(), run.provider().tokenCounter(request.baseModel()));
    run.store(VALIDATION, ValidationJson.write(reports, tokens));
    reports.forEach(ValidationReport::orThrow);
    return Map.of(
        "examples", String.valueOf(tokens.examples()),
        "warnings", String.valueOf(count(reports, Severity.WARNING)));
  }

  @Override
  public void restore(RunState run, Map<String, String> result) {
    String text = run.require(VALIDATION);
    run.validationReports = ValidationJson.readReports(text);
    run.tokenStatistics = ValidationJson.readTokens(text);
  }

  @SuppressWarnings("unchecked")
  private static <E extends Example> ValidationReport validate(
      RunState run, TrainingMethod<E> method, Dataset<?> data) {
    // A request is built only from a method and data of the same kind of example.
    Dataset<E> typed = (Dataset<E>) data;
    return run.provider().validator(run.plan().request().baseModel(), method).check(typed);
  }

  private static ValidationReport leakage(Dataset<?> training, Dataset<?> heldOut) {
    ValidationReport found = LeakageCheck.between(training, heldOut);
    return new ValidationReport(
        training.name() + " against " + heldOut.name(),
        found.examplesChecked(),
        found.findings(),
        found.counts());
  }

  private static long count(List<ValidationReport> reports, Severity severity) {
    return reports.stream()
        .flatMap(report -> report.findings().stream())
        .filter(finding -> finding.severity() == severity)
        .count();
  }
}
