package dev.finetune4j.tuner;

import dev.finetune4j.evaluation.EvaluationListener;
import dev.finetune4j.job.FineTuningJob;
import dev.finetune4j.job.JobEvent;
import dev.finetune4j.job.JobListener;
import dev.finetune4j.job.JobStatus;
import dev.finetune4j.job.TrainingMetrics;
import dev.finetune4j.workflow.WorkflowListener;
import dev.finetune4j.workflow.journal.RunId;
import dev.finetune4j.workflow.journal.Step;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Prints the progress of a run, or of one job, a line at a time: steps, loss, tokens per second,
 * time left, samples and cost. It reads well in a terminal and in a log. Follows one run or job at
 * a time; not thread-safe.
 *
 * <pre>{@code
 * provider.submit(request).await(ConsoleProgress.to(System.out));
 * FineTuner.in(directory, provider).with(run -> run.listener(ConsoleProgress.to(System.out)));
 * }</pre>
 */
public final class ConsoleProgress implements WorkflowListener, JobListener {
  private static final int LINES_PER_TRAINING = 20;
  private static final int SAMPLES_PER_LINE = 25;

  private final PrintStream out;
  private final AtomicLong nextStepShown = new AtomicLong();
  private final AtomicReference<@Nullable JobStatus> status = new AtomicReference<>();

  private ConsoleProgress(PrintStream out) {
    this.out = out;
  }

  /** Returns a listener that prints to {@code out}. */
  public static ConsoleProgress to(PrintStream out) {
    return new ConsoleProgress(Objects.requireNonNull(out, "out"));
  }

  @Override
  public void stepStarted(RunId run, Step step) {
    out.println();
    out.println(title(step));
  }

  @Override
  public void stepSkipped(RunId run, Step step, Map<String, String> result) {
    out.println(title(step) + " (done before): " + describe(result));
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
    onEvent(event);
  }

  @Override
  public void onSnapshot(FineTuningJob job) {
    show(job.status());
  }

  @Override
  public void onEvent(JobEvent event) {
    if (event instanceof JobEvent.MetricsRecorded recorded) {
      show(recorded.metrics());
    } else if (event instanceof JobEvent.StatusChanged changed) {
      show(changed.status());
    } else if (event instanceof JobEvent.MessageLogged message) {
      boolean usual = message.level() == JobEvent.Level.INFO;
      out.println("   " + (usual ? "" : message.level() + ": ") + message.text());
    }
  }

  @Override
  public void sampleFinished(RunId run, String alternative, EvaluationListener.Progress progress) {
    if (progress.finished() % SAMPLES_PER_LINE == 0 || progress.finished() == progress.total()) {
      out.println(
          format("   %s: %d of %d samples", alternative, progress.finished(), progress.total()));
    }
  }

  private void show(JobStatus current) {
    if (status.getAndSet(current) != current) {
      out.println("   job is " + current);
    }
  }

  private void show(TrainingMetrics metrics) {
    OptionalDouble total = metrics.find(TrainingMetrics.TOTAL_STEPS);
    OptionalDouble validation = metrics.find(TrainingMetrics.VALIDATION_LOSS);
    boolean last = total.isPresent() && metrics.step() >= total.getAsDouble();
    if (metrics.step() < nextStepShown.get() && !last && validation.isEmpty()) {
      return;
    }
    long between = total.isPresent() ? (long) total.getAsDouble() / LINES_PER_TRAINING : 20;
    nextStepShown.set(metrics.step() + Math.max(1, between));
    StringBuilder line = new StringBuilder(format("   step %4d", metrics.step()));
    total.ifPresent(steps -> line.append(format("/%.0f", steps)));
    OptionalDouble loss = metrics.find(TrainingMetrics.LOSS);
    loss.ifPresent(value -> line.append(format("   loss %.4f", value)));
    validation.ifPresent(value -> line.append(format("   validation loss %.4f", value)));
    if (loss.isEmpty() && validation.isEmpty()) {
      metrics.values().forEach((name, value) -> line.append(format("   %s %.4f", name, value)));
    }
    double speed = metrics.find(TrainingMetrics.TOKENS_PER_SECOND).orElse(0);
    double trained = metrics.find(TrainingMetrics.TRAINED_TOKENS).orElse(0);
    if (speed > 0) {
      line.append(format("   %6.0f tokens/s", speed));
      if (trained > 0 && total.isPresent()) {
        double left = trained / metrics.step() * (total.getAsDouble() - metrics.step()) / speed;
        line.append(format("   %3.0f s left", left));
      }
    }
    out.println(line);
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  private static String title(Step step) {
    String what =
        switch (step) {
          case VALIDATE -> "checking the data";
          case ESTIMATE -> "estimating the cost";
          case BASELINE -> "measuring the baselines";
          case SUBMIT -> "submitting one job";
          case AWAIT -> "training";
          case DEPLOY -> "deploying the tuned model";
          case EVALUATE -> "measuring the tuned model on the same samples";
          case DECIDE -> "deciding";
          case SETTLE -> "keeping or deleting the deployment";
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
