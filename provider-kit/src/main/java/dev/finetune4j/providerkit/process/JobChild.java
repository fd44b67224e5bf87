package dev.finetune4j.providerkit.process;

import dev.finetune4j.Time;
import dev.finetune4j.job.Checkpoint;
import dev.finetune4j.job.JobEvent;
import dev.finetune4j.job.JobStatus;
import dev.finetune4j.job.TrainingMetrics;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The child's side of a job folder, for children that are Java: reports events, receives commands,
 * and writes a heartbeat every two seconds while it is open.
 *
 * <p>A job that resumes from a checkpoint may report steps again that it reported before it died;
 * their events carry the same ids, so that a reader shows them once. Thread-safe.
 */
public final class JobChild implements AutoCloseable {
  private static final long HEARTBEAT_SECONDS = 2;
  private static final int LONGEST_WORD = 16;

  private final JobFolder folder;
  private final Time time;
  private final EventLog events;
  private final ScheduledExecutorService heart =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "heartbeat");
            thread.setDaemon(true);
            return thread;
          });
  private final AtomicBoolean running = new AtomicBoolean();

  private JobChild(JobFolder folder, Time time, EventLog events) {
    this.folder = folder;
    this.time = time;
    this.events = events;
  }

  /**
   * Returns whether the library sent {@code start}. Blocks until then, or until the library ends.
   * If this is false, end with {@link ExitCode#NOT_STARTED} and touch nothing.
   */
  public static boolean isToldToStart(InputStream input) throws IOException {
    StringBuilder word = new StringBuilder();
    for (int next = input.read(); next >= 0 && next != '\n'; next = input.read()) {
      if (word.length() < LONGEST_WORD) {
        word.append((char) next);
      }
    }
    return word.toString().equals("start");
  }

  /**
   * Says that the job runs, and starts giving signs of life.
   *
   * @throws IOException if the folder cannot be written
   */
  public static JobChild open(JobFolder folder, Time time) throws IOException {
    JobChild child = new JobChild(folder, time, EventLog.append(folder.events()));
    child.become(JobState.of(JobStatus.RUNNING, time.now()));
    child.heart.scheduleWithFixedDelay(
        child::beat, HEARTBEAT_SECONDS, HEARTBEAT_SECONDS, TimeUnit.SECONDS);
    return child;
  }

  /** Returns the folder. */
  public JobFolder folder() {
    return folder;
  }

  /** Returns the current command, empty to continue. Reads the disk. */
  public Optional<JobCommand> command() {
    if (folder.isRequested(JobCommand.CANCEL)) {
      return Optional.of(JobCommand.CANCEL);
    }
    return folder.isRequested(JobCommand.PAUSE) ? Optional.of(JobCommand.PAUSE) : Optional.empty();
  }

  /** Reports figures of a step; a second report of the same kind and step is ignored. */
  public void report(TrainingMetrics metrics) throws IOException {
    boolean validation = metrics.find(TrainingMetrics.VALIDATION_LOSS).isPresent();
    String id = (validation ? "validation-" : "step-") + metrics.step();
    events.write(new JobEvent.MetricsRecorded(id, time.now(), metrics));
  }

  /**
   * Reports a checkpoint that is wholly on the disk.
   *
   * @param name its name in the folder of checkpoints
   */
  public void reportCheckpoint(String name, TrainingMetrics metrics) throws IOException {
    Checkpoint checkpoint = new Checkpoint(name, time.now(), metrics, Optional.empty());
    events.write(new JobEvent.CheckpointSaved("checkpoint-" + name, time.now(), checkpoint));
  }

  /**
   * Writes a message to the log of the job.
   *
   * @param id unique within the job; the same text after a restart has the same id
   */
  public void say(String id, JobEvent.Level level, String text) throws IOException {
    events.write(new JobEvent.MessageLogged(id, time.now(), level, text));
  }

  /** Says that the job ended with a model. */
  public void succeed(String model, long trainedTokens) throws IOException {
    become(JobState.succeeded(model, trainedTokens, time.now()));
  }

  /** Says that the job ended without a model. */
  public void fail(String reason) throws IOException {
    become(JobState.failed(reason, time.now()));
  }

  /** Reports that the command was executed: the job is paused or cancelled. */
  public void follow(JobCommand command) throws IOException {
    become(
        JobState.of(
            command == JobCommand.PAUSE ? JobStatus.PAUSED : JobStatus.CANCELLED, time.now()));
  }

  /** Stops the signs of life and closes the events; the state stays as it is. */
  @Override
  public void close() throws IOException {
    heart.shutdownNow();
    events.close();
  }

  private synchronized void become(JobState next) throws IOException {
    running.set(next.jobStatus() == JobStatus.RUNNING);
    events.write(
        new JobEvent.StatusChanged(
            next.status() + "-" + time.now().toEpochMilli(), time.now(), next.jobStatus()));
    folder.write(next);
  }

  private synchronized void beat() {
    if (!running.get()) {
      return;
    }
    try {
      folder.write(JobState.of(JobStatus.RUNNING, time.now()));
    } catch (IOException e) {
      // The disk may have room again at the next beat; if it has not, the work itself will fail.
      ChildLog.write(e);
    }
  }
}
