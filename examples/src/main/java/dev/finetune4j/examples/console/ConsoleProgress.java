package dev.finetune4j.examples.console;

import dev.finetune4j.evaluation.EvaluationListener;
import dev.finetune4j.job.JobEvent;
import dev.finetune4j.job.TrainingMetrics;
import dev.finetune4j.workflow.WorkflowListener;
import dev.finetune4j.workflow.journal.RunId;
import dev.finetune4j.workflow.journal.Step;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Prints how a run goes, a line at a time, so that it reads well in a terminal and in a log. Not
 * thread-safe.
 */
public final class ConsoleProgress implements WorkflowListener {
  private static final int LINES_PER_TRAINING = 20;
  private static final int SAMPLES_PER_LINE = 25;

  private final PrintStream out;
  private long nextStepShown = 1;

  /** Makes a listener that prints to {@code out}. */
  public ConsoleProgress(PrintStream out) {
    this.out = out;
  }

  @Override
  public void stepStarted(RunId run, Step step) {
    out.println();
    out.println(title(step));
  }

  @Override
  public void stepSkipped(RunId run, Step step, Map<String, String> result) {
    out.println(title(step) + " — done before: " + describe(result));
  }

  @Override
  public void stepCompleted(RunId run, Step step, Map<String, String> result) {
    out.println("   done: " + describe(result));
  }

  @Override
  public void stepFailed(RunId run, Step step, String reason) {
    out.println("   FAILED: " + reason);
  }

  @Override
  public void jobEvent(RunId run, JobEvent event) {
    if (event instanceof JobEvent.MetricsRecorded recorded) {
      show(recorded.metrics());
    } else if (event instanceof JobEvent.StatusChanged changed) {
      out.println("   job is " + changed.status());
    } else if (event instanceof JobEvent.MessageLogged message
        && message.level() != JobEvent.Level.INFO) {
      out.println("   " + message.level() + ": " + message.text());
    }
  }

  @Override
  public void sampleFinished(RunId run, String alternative, EvaluationListener.Progress progress) {
    if (progress.finished() % SAMPLES_PER_LINE == 0 || progress.finished() == progress.total()) {
      out.println(
          "   "
              + alternative
              + ": "
              + progress.finished()
              + " of "
              + progress.total()
              + " samples");
    }
  }

  private void show(TrainingMetrics metrics) {
    if (metrics.find(TrainingMetrics.VALIDATION_LOSS).isPresent()) {
      out.printf(
          Locale.ROOT,
          "   step %4d   validation loss %.4f%n",
          metrics.step(),
          metrics.find(TrainingMetrics.VALIDATION_LOSS).getAsDouble());
      return;
    }
    double total = metrics.find(TrainingMetrics.TOTAL_STEPS).orElse((double) metrics.step());
    if (metrics.step() < nextStepShown && metrics.step() < total) {
      return;
    }
    nextStepShown = metrics.step() + Math.max(1, (long) (total / LINES_PER_TRAINING));
    double speed = metrics.find(TrainingMetrics.TOKENS_PER_SECOND).orElse(0);
    out.printf(
        Locale.ROOT,
        "   step %4d/%.0f   loss %.4f   %6.0f tokens/s   %s%n",
        metrics.step(),
        total,
        metrics.find(TrainingMetrics.LOSS).orElse(Double.NaN),
        speed,
        timeLeft(metrics, total, speed));
  }

  private static String timeLeft(TrainingMetrics metrics, double total, double speed) {
    double trained = metrics.find(TrainingMetrics.TRAINED_TOKENS).orElse(0);
    if (!(speed > 0 && trained > 0)) {
      return "";
    }
    double seconds = trained / metrics.step() * (total - metrics.step()) / speed;
    return String.format(Locale.ROOT, "%3.0f s left", seconds);
  }

  private static String title(Step step) {
    String what =
        switch (step) {
          case VALIDATE -> "checking the data";
          case ESTIMATE -> "estimating the cost";
          case BASELINE -> "measuring the alternatives to fine-tuning";
          case SUBMIT -> "submitting one job";
          case AWAIT -> "training";
          case DEPLOY -> "deploying the tuned model";
          case EVALUATE -> "measuring the tuned model on the same samples";
          case DECIDE -> "deciding";
          case SETTLE -> "keeping what passed, deleting what did not";
        };
    List<Step> steps = List.of(Step.values());
    return (steps.indexOf(step) + 1) + "/" + steps.size() + " " + step + ": " + what;
  }

  private static String describe(Map<String, String> result) {
    StringBuilder text = new StringBuilder();
    result.forEach(
        (name, value) -> {
          if (!name.equals("stored") && !name.equals("today")) {
            text.append(text.isEmpty() ? "" : ", ").append(name).append(' ').append(value);
          }
        });
    return text.toString();
  }
}
