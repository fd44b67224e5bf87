package dev.finetune4j.examples.console;

import dev.finetune4j.job.FineTuningJob;
import dev.finetune4j.job.JobEvent;
import dev.finetune4j.job.JobListener;
import dev.finetune4j.job.JobStatus;
import java.io.PrintStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Prints a job's events as they come, and its status when it changes. Not thread-safe. */
public final class EventPrinter implements JobListener {
  private final PrintStream out;
  private @Nullable JobStatus last;

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
      out.println("   " + event.at() + " " + message.text());
    } else if (event instanceof JobEvent.MetricsRecorded recorded) {
      StringBuilder figures = new StringBuilder();
      recorded
          .metrics()
          .values()
          .forEach(
              (name, value) -> figures.append(String.format(Locale.ROOT, " %s %.4f", name, value)));
      out.println("   " + event.at() + " step " + recorded.metrics().step() + figures);
    }
  }
}
