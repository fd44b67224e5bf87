package dev.finetune4j.examples.console;

import dev.finetune4j.job.FineTuningJob;
import dev.finetune4j.job.JobEvent;
import dev.finetune4j.job.JobListener;
import dev.finetune4j.job.JobStatus;
import java.io.PrintStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Prints a job's events as they come, of its steps every twentieth and the last, and its status
 * when it changes. Not thread-safe.
 */
public final class EventPrinter implements JobListener {
  private static final long STEPS_BETWEEN_LINES = 20;

  private final PrintStream out;
  private @Nullable JobStatus last;
  private JobEvent.@Nullable MetricsRecorded pending;

  /** Makes a listener that prints to {@code out}. */
  public EventPrinter(PrintStream out) {
    this.out = out;
  }

  @Override
  public void onSnapshot(FineTuningJob job) {
    if (job.status() != last) {
      last = job.status();
      out.println("   job is " + job.status());
    }
  }

  @Override
  public void onEvent(JobEvent event) {
    if (event instanceof JobEvent.MessageLogged message) {
      printPending();
      out.println("   " + event.at() + " " + message.text());
    } else if (event instanceof JobEvent.MetricsRecorded recorded) {
      pending = recorded;
      if (recorded.metrics().step() % STEPS_BETWEEN_LINES == 1) {
        printPending();
      }
    }
  }

  private void printPending() {
    JobEvent.MetricsRecorded recorded = pending;
    if (recorded != null) {
      StringBuilder figures = new StringBuilder();
      recorded.metrics().values().forEach((name, value) -> append(figures, name, value));
      out.println("   " + recorded.at() + " step " + recorded.metrics().step() + figures);
      pending = null;
    }
  }

  private static void append(StringBuilder figures, String name, double value) {
    boolean whole = Math.rint(value) == value && Math.abs(value) >= 1;
    figures.append(String.format(Locale.ROOT, whole ? ", %s %.0f" : ", %s %.4f", name, value));
  }
}
