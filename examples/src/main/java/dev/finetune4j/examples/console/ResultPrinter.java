package dev.finetune4j.examples.console;

import dev.finetune4j.decision.Decision;
import dev.finetune4j.decision.Reason;
import dev.finetune4j.evaluation.Comparison;
import dev.finetune4j.evaluation.EvaluationReport;
import dev.finetune4j.evaluation.Score;
import dev.finetune4j.workflow.WorkflowResult;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Prints what a run came to: a table of the alternatives, the test, the decision with its reasons.
 * Not thread-safe.
 */
public final class ResultPrinter {
  private final PrintStream out;

  /** Makes a printer that prints to {@code out}. */
  public ResultPrinter(PrintStream out) {
    this.out = out;
  }

  /** Prints a result. */
  public void print(WorkflowResult result) {
    Decision decision = result.decision();
    String grader = decision.policy().grader();
    out.printf(
        Locale.ROOT,
        "%n%-16s %9s   %-17s %9s %9s%n",
        "alternative",
        grader,
        "95 % interval",
        "tokens in",
        "tokens out");
    List<EvaluationReport> reports = new ArrayList<>(result.baselineReports());
    reports.add(result.tunedReport());
    reports.forEach(report -> print(report, grader));
    print(decision.comparison());
    out.println(
        "Cost: "
            + result.ledger().spent()
            + " spent, "
            + result.ledger().forecast()
            + " expected.");
    out.println();
    out.println("Decision: " + decision.verdict() + " (" + decision.chosen() + ")");
    for (Reason reason : decision.reasons()) {
      out.println("  - " + reason.sentence());
    }
  }

  private void print(EvaluationReport report, String grader) {
    Score score = report.score(grader);
    out.printf(
        Locale.ROOT,
        "%-16s %7.1f %%   %5.1f to %5.1f %%   %9.0f %9.0f%n",
        report.name(),
        100 * score.mean(),
        100 * score.passInterval().low(),
        100 * score.passInterval().high(),
        report.meanPromptTokens(),
        report.meanCompletionTokens());
  }

  private void print(Comparison comparison) {
    out.printf(
        Locale.ROOT,
        "%n%s against %s: %+.1f points (95 %% interval %+.1f to %+.1f), p-value %.3g by %s, %d pairs%n",
        comparison.candidate(),
        comparison.baseline(),
        100 * comparison.difference(),
        100 * comparison.interval().low(),
        100 * comparison.interval().high(),
        comparison.pValue(),
        comparison.test(),
        comparison.pairs());
  }
}
