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
 * Watches many jobs of one provider with one thread, by pages of the account's list instead of one
 * request per job.
 *
 * <pre>{@code
 * try (JobWatcher watcher = JobWatcher.builder(provider.jobOperations(), Time.system()).build()) {
 *   List<CompletableFuture<FineTuningJob>> ends = references.stream().map(watcher::watch).toList();
 *   …
 * }
 * }</pre>
 *
 * <p>Cost per interval: one request for each page of the list from the newest job down to the
 * oldest watched one, so 100 requests for 10,000 jobs in pages of 100, and one for each watched job
 * that is not in the list. It is never more than two requests per job, and one where the provider
 * has no list. Events are read only when a job has ended, and only for a listener; to follow the
 * loss of a few jobs live, await their {@link JobHandle}s.
 *
 * <p>A temporary failure ends a watch only if it lasts for 15 minutes. Thread-safe. The thread is a
 * daemon; it starts with the first watch and sleeps while there are no watches.
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
    thread = new Thread(this::watchAll, "finetune4j-job-watcher");
    thread.setDaemon(true);
  }

  /** Returns a builder of a watcher of one provider's jobs. */
  public static Builder builder(JobOperations operations, Time time) {
    return new Builder(operations, time);
  }

  /** Watches a job without a listener; as {@link #watch(JobReference, JobListener)}. */
  public CompletableFuture<FineTuningJob> watch(JobReference job) {
    return watch(job, JobListener.NONE);
  }

  /**
   * Watches a job and returns at once. The future completes with the last snapshot when the job has
   * ended, also if it failed. The listener receives each fetched snapshot, and all events at the
   * end. The listener and dependents of the future run on the watcher's thread: keep them short.
   *
   * @return completes exceptionally with a {@link JobTimeoutException} if the schedule gives up, or
   *     with the exception of the provider or the listener; cancelling it ends the watch, not the
   *     job
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
   * Ends all watches and cancels their futures; the jobs continue. Returns at once: a request in
   * progress is interrupted, not awaited. Does nothing if the watcher is already closed.
   */
  @Override
  public void close() {
    List<JobWatch> open = watches.close();
    thread.interrupt();
    open.forEach(watch -> watch.future().cancel(false));
  }

  private void watchAll() {
    Duration pause = schedule.first();
    try {
      while (true) {
        List<JobWatch> open = watches.awaitOpen();
        pause = watches.takeExtended() ? schedule.first() : pause;
        poll(open);
        time.sleep(pauseFor(open, pause));
        pause = schedule.after(pause);
      }
    } catch (InterruptedException e) {
      close();
    } catch (Throwable failure) {
      watches.close().forEach(watch -> watch.fail(failure));
    }
  }

  private void poll(List<JobWatch> open) {
    Map<JobReference, List<JobWatch>> byJob = new HashMap<>();
    for (JobWatch watch : open) {
      byJob.computeIfAbsent(watch.reference(), job -> new ArrayList<>()).add(watch);
    }
    try {
      survey.fetchAll(byJob.keySet(), new Dispatcher(byJob));
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

  /** Gives up overdue watches and returns how long to sleep, at most until the next one is due. */
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

  /** Passes the findings of a survey to the watches of each job. */
  private record Dispatcher(Map<JobReference, List<JobWatch>> byJob) implements JobSurvey.Observer {

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

  /** The open watches: callers add them, the thread takes them. Thread-safe. */
  private static final class WatchList {
    private final List<JobWatch> watches = new ArrayList<>();
    private boolean used;
    private boolean extended;
    private boolean closed;

    /**
     * Adds a watch; returns whether it is the first one.
     *
     * @throws IllegalStateException if the watcher is closed
     */
    synchronized boolean add(JobWatch watch) {
      if (closed) {
        throw new IllegalStateException("This watcher is closed. Build another.");
      }
      boolean first = !used;
      used = true;
      extended = true;
      watches.add(watch);
      notifyAll();
      return first;
    }

    /**
     * Drops the finished watches, waits until there are others, and returns them.
     *
     * @throws InterruptedException if the watcher was closed or the thread interrupted
     */
    synchronized List<JobWatch> awaitOpen() throws InterruptedException {
      watches.removeIf(watch -> watch.future().isDone());
      while (watches.isEmpty() && !closed) {
        wait();
      }
      if (closed) {
        throw new InterruptedException("the watcher was closed");
      }
      return List.copyOf(watches);
    }

    /** Returns whether a watch was added since the last call. */
    synchronized boolean takeExtended() {
      boolean before = extended;
      extended = false;
      return before;
    }

    /** Refuses further watches and returns the open ones. */
    synchronized List<JobWatch> close() {
      closed = true;
      List<JobWatch> open = List.copyOf(watches);
      watches.clear();
      notifyAll();
      return open;
    }
  }

  /** Builds a watcher. Not thread-safe. */
  public static final class Builder {
    private final JobOperations operations;
    private final Time time;
    private PollingSchedule schedule = PollingSchedule.standard();

    private Builder(JobOperations operations, Time time) {
      this.operations = Objects.requireNonNull(operations, "operations");
      this.time = Objects.requireNonNull(time, "time");
    }

    /**
     * Sets the pauses between polls, and when each watch gives up; {@link
     * PollingSchedule#standard()} by default. A new watch restarts it with its first pause.
     */
    public Builder schedule(PollingSchedule polling) {
      schedule = polling;
      return this;
    }

    /** Returns the watcher. Its thread starts with the first watch. */
    public JobWatcher build() {
      return new JobWatcher(this);
    }
  }
}
