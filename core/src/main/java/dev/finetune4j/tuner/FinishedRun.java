package dev.finetune4j.tuner;

import dev.finetune4j.ModelReference;
import dev.finetune4j.decision.Decision;
import dev.finetune4j.evaluation.Comparison;
import dev.finetune4j.evaluation.EvaluationReport;
import dev.finetune4j.evaluation.Score;
import dev.finetune4j.report.RunReport;
import dev.finetune4j.workflow.WorkflowResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A run that has come to its decision. Immutable and thread-safe.
 *
 * @param result everything that the run measured and spent
 */
public record FinishedRun(WorkflowResult result) {

  /** Returns the decision with its reasons. */
  public Decision decision() {
    return result.decision();
  }

  /** Returns the tuned model, whether it passed or not. */
  public ModelReference tunedModel() {
    return result.job().requireFineTunedModel();
  }

  /** Writes the report as {@link RunReport#writeTo} does and returns the path of the HTML file. */
  public Path writeReport(Path directory) {
    return RunReport.of(result).writeTo(directory);
  }

  /** Returns a table of the baselines and the tuned model, the test, the cost and the decision. */
  public String summary() {
    String grader = decision().policy().grader();
    StringBuilder text = new StringBuilder();
    append(
        text,
        "%-24s %9s   %-17s %9s %9s%n",
        "model",
        grader,
        "95 % interval",
        "tokens in",
        "tokens out");
    List<EvaluationReport> reports = new ArrayList<>(result.baselineReports());
    reports.add(result.tunedReport());
    for (EvaluationReport report : reports) {
      Score score = report.score(grader);
      append(
          text,
          "%-24s %7.1f %%   %5.1f to %5.1f %%   %9.0f %9.0f%n",
          report.name(),
          100 * score.mean(),
          100 * score.meanInterval().low(),
          100 * score.meanInterval().high(),
          report.meanPromptTokens(),
          report.meanCompletionTokens());
    }
    Comparison comparison = decision().comparison();
    append(
        text,
        "%n%s against %s: %+.1f points (95 %% interval %+.1f to %+.1f), p-value %.3g by %s, %d"
            + " pairs%n",
        comparison.candidate(),
        comparison.baseline(),
        100 * comparison.difference(),
        100 * decision().interval().low(),
        100 * decision().interval().high(),
        decision().pValue(),
        comparison.test(),
        comparison.pairs());
    append(
        text,
        "Cost: %s spent, %s expected.%n%nDecision: %s (%s)%n",
        result.ledger().spent(),
        result.ledger().forecast(),
        decision().verdict().words(),
        decision().chosen());
    decision().reasons().forEach(reason -> append(text, "  - %s%n", reason.sentence()));
    return text.toString();
  }

  private static void append(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values));
  }
}
