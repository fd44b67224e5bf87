package dev.finetune4j.job;

import dev.finetune4j.PollingSchedule;
import dev.finetune4j.Time;
import dev.finetune4j.error.FineTuningException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * Follows many jobs of one provider with one thread, by pages of the account's list instead of one
 * call for each job.
 *
 * <pre>{@code
 * try (JobWatcher watcher = JobWatcher.builder(provider.jobOperations(), Time.system()).build()) {
 *   List<CompletableFuture<FineTuningJob>> ends = references.stream().map(watcher::watch).toList();
 *   …
 * }
 * }</pre>
 *
 * <p>Cost per interval: one request for each page of the list from the newest job down to the
 * oldest that is watched, so 100 requests for 10,000 jobs in pages of 100, and one for each watched
 * job that the list does not show. It is never more than two requests a job, and one where the
 * provider has no list. Events are read only when a job has ended, and only for a listener: to
 * follow the loss of a few jobs live, await their {@link JobHandle}s.
 *
 * <p>Failures that may pass do not end a watch until they have lasted for 15 minutes. Thread-safe.
 * The thread is a daemon; it starts with the first watch and sleeps while there is none.
 */
public final class JobWatcher implements AutoCloseable {
  private final JobOperations operations;
  private final Time time;
  private final PollingSchedule schedule;
  private final JobSurvey survey;
  private final Outage outage = new Outage();

  private final WatchList watches = new WatchList();
  private final Thread thread;

  private JobWatcher(Builder builder) {
    operations = builder.operations;
    time = builder.time;
    schedule = builder.schedule;
    survey = new JobSurvey(operations);
    thread = new Thread(this::follow, "finetune4j-job-watcher");
    thread.setDaemon(true);
  }

  /** Starts a watcher of one provider's jobs. */
  public static Builder builder(JobOperations operations, Time time) {
    return new Builder(operations, time);
  }

  /** Watches a job without a listener; as {@link #watch(JobReference, JobListener)}. */
  public CompletableFuture<FineTuningJob> watch(JobReference job) {
    return watch(job, JobListener.NONE);
  }

  /**
   * Returns at once; the future completes with the last snapshot when the job has ended, which may
   * be a failed one. The listener gets each snapshot that the list shows, and all events at the
   * end. Listener and what depends on the future run on the watcher's thread: keep them short.
   *
   * @return completes exceptionally with a {@link JobTimeoutException} if the schedule gives up,
   *     with what the provider threw if it refuses, or with what the listener threw; cancelling it
   *     ends the watch, not the job
   * @throws IllegalStateException if the watcher is closed
   */
  public CompletableFuture<FineTuningJob> watch(JobReference job, JobListener listener) {
    JobWatch watch = new JobWatch(job, operations, listener, time.now());
    if (watches.add(watch)) {
      thread.start();
    }
    return watch.future();
  }

  /**
   * Ends all watches, their futures cancelled; the jobs go on. Returns at once: a call that is
   * under way is interrupted, not waited for. Closing twice is no error.
   */
  @Override
  public void close() {
    List<JobWatch> open = watches.close();
    thread.interrupt();
    open.forEach(watch -> watch.future().cancel(false));
  }

  private void follow() {
    Duration pause = schedule.first();
    try {
      while (true) {
        List<JobWatch> open = watches.awaitOpen();
        pause = watches.takeExtended() ? schedule.first() : pause;
        round(open);
        time.sleep(pauseFor(open, pause));
        pause = schedule.after(pause);
      }
    } catch (InterruptedException e) {
      close();
    } catch (Throwable failure) {
      watches.close().forEach(watch -> watch.fail(failure));
    }
  }

  private void round(List<JobWatch> open) {
    Map<JobReference, List<JobWatch>> byJob = new HashMap<>();
    for (JobWatch watch : open) {
      byJob.computeIfAbsent(watch.reference(), job -> new ArrayList<>()).add(watch);
    }
    try {
      survey.look(byJob.keySet(), new Told(byJob));
      outage.end();
    } catch (FineTuningException failure) {
      tolerate(failure, open);
    }
  }

  private void tolerate(FineTuningException failure, List<JobWatch> open) {
    try {
      outage.tolerate(failure, time.now());
    } catch (FineTuningException lasting) {
      open.forEach(watch -> watch.fail(lasting));
      outage.end();
    }
  }

  /** Gives up what is over and returns how long to sleep, at most to the next giving up. */
  private Duration pauseFor(List<JobWatch> open, Duration pause) {
    Duration shortest = outage.pauseAtLeast(pause);
    Instant now = time.now();
    for (JobWatch watch : open) {
      if (!watch.future().isDone()) {
        Duration left = watch.giveUpAfter(schedule.giveUpAfter(), now);
        boolean sooner = left.compareTo(shortest) < 0;
        shortest = sooner && !left.isNegative() && !left.isZero() ? left : shortest;
      }
    }
    return shortest;
  }

  /** Hands what a survey finds to the watches of that job. */
  private record Told(Map<JobReference, List<JobWatch>> byJob) implements JobSurvey.Observer {

    @Override
    public void seen(FineTuningJob job) {
      watchesOf(job.reference()).forEach(watch -> watch.see(job));
    }

    @Override
    public void failed(JobReference job, FineTuningException failure) {
      watchesOf(job).forEach(watch -> watch.fail(failure));
    }

    private List<JobWatch> watchesOf(JobReference job) {
      return byJob.getOrDefault(job, List.of()).stream()
          .filter(watch -> !watch.future().isDone())
          .toList();
    }
  }

  /** Collects the settings of a watcher. Not thread-safe. */
  public static final class Builder {
    private final JobOperations operations;
    private final Time time;
    private PollingSchedule schedule = PollingSchedule.standard();

    private Builder(JobOperations operations, Time time) {
      this.operations = Objects.requireNonNull(operations, "operations");
      this.time = Objects.requireNonNull(time, "time");
    }

    /**
     * Sets how often to look, and after how long each watch gives up; {@link
     * PollingSchedule#standard()} if not set. A new watch starts it again with its first pause.
     */
    public Builder schedule(PollingSchedule polling) {
      schedule = polling;
      return this;
    }

    /** Returns the watcher. Starts nothing yet. */
    public JobWatcher build() {
      return new JobWatcher(this);
    }
  }
}
