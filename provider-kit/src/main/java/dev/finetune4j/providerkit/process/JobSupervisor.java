package dev.finetune4j.providerkit.process;

import dev.finetune4j.Time;
import dev.finetune4j.job.JobEvent;
import dev.finetune4j.job.JobStatus;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Reconciles the actual state (state file, process) with the desired state (control files), one
 * step for each call: a child that died is restarted, one that should not run is ended.
 * Thread-safe.
 */
final class JobSupervisor {
  private static final Duration END_LIMIT = Duration.ofSeconds(10);

  private static final int BURIAL_SECONDS = 5;

  private final JobLauncher launcher;
  private final Time time;
  private final int maximumRestarts;
  private final Duration silence;
  private final Map<String, Process> started = new ConcurrentHashMap<>();

  JobSupervisor(JobLauncher launcher, Time time, int maximumRestarts, Duration silence) {
    this.launcher = launcher;
    this.time = time;
    this.maximumRestarts = maximumRestarts;
    this.silence = silence;
  }

  /** Looks, and acts where it must. Cheap while all is well: two small files are read. */
  JobState settle(JobFolder folder) throws IOException {
    JobState state = folder.state();
    if (state.jobStatus().isTerminal() || isWell(folder, state)) {
      return state;
    }
    return FolderLock.holding(folder.lockFile(), () -> settleLocked(folder));
  }

  /** Gives a command, then reconciles. */
  JobState request(JobFolder folder, JobCommand command) throws IOException {
    folder.request(command);
    JobState state = settle(folder);
    if (command == JobCommand.CANCEL && state.jobStatus().isTerminal()) {
      // A child that has said its last word may take its time to end, and cancelling leaves none.
      ChildRecord.findRunning(folder).ifPresent(child -> ProcessTree.end(child, END_LIMIT));
    }
    return state;
  }

  /** Withdraws the pause, resets the count of failures, then reconciles. */
  JobState resume(JobFolder folder) throws IOException {
    return FolderLock.holding(
        folder.lockFile(),
        () -> {
          folder.withdraw(JobCommand.PAUSE);
          JobState state = folder.state();
          Optional<ChildRecord> record = ChildRecord.find(folder);
          Optional<ProcessHandle> child = record.flatMap(found -> found.process().findRunning());
          if (state.jobStatus() == JobStatus.FAILED) {
            // It has said its last word and is about to end; a second one must not work beside it.
            child.ifPresent(process -> ProcessTree.end(process, END_LIMIT));
          } else if (child.isPresent() || state.jobStatus().isTerminal()) {
            return state;
          }
          return folder.isRequested(JobCommand.CANCEL)
              ? settleLocked(folder)
              : start(folder, record, 0);
        });
  }

  private boolean isWell(JobFolder folder, JobState state) throws IOException {
    return !folder.isRequested(JobCommand.CANCEL)
        && !isSilent(state)
        && ChildRecord.findRunning(folder).isPresent();
  }

  private boolean isSilent(JobState state) {
    Instant last = state.heartbeatAt();
    return !last.equals(Instant.EPOCH) && Duration.between(last, time.now()).compareTo(silence) > 0;
  }

  private JobState settleLocked(JobFolder folder) throws IOException {
    Optional<ChildRecord> record = ChildRecord.find(folder);
    Optional<ProcessHandle> child = record.flatMap(found -> found.process().findRunning());
    // Read after the look at the process: a child writes its last state before it ends.
    JobState state = folder.state();
    if (state.jobStatus().isTerminal()) {
      return state;
    }
    if (folder.isRequested(JobCommand.CANCEL)) {
      child.ifPresent(process -> ProcessTree.end(process, END_LIMIT));
      return finish(folder, JobState.of(JobStatus.CANCELLED, time.now()));
    }
    if (child.isPresent() && !isSilent(state)) {
      return state;
    }
    child.ifPresent(process -> ProcessTree.end(process, END_LIMIT));
    if (folder.isRequested(JobCommand.PAUSE)) {
      return state.jobStatus() == JobStatus.PAUSED
          ? state
          : finish(folder, JobState.of(JobStatus.PAUSED, time.now()));
    }
    if (record.isEmpty() || state.jobStatus() == JobStatus.PAUSED) {
      return start(folder, record, 0);
    }
    return afterDeath(folder, record.get(), child.isPresent());
  }

  private JobState afterDeath(JobFolder folder, ChildRecord dead, boolean silent)
      throws IOException {
    OptionalInt code = exitCode(folder, dead);
    String end =
        silent
            ? "it gave no sign of life for " + silence.toSeconds() + " s and was ended"
            : ExitCode.describe(code);
    boolean gotFurther = !progress(folder).equals(dead.progress());
    int failures = gotFurther ? 1 : dead.failures() + 1;
    if (failures > maximumRestarts || !ExitCode.isWorthAnotherTry(code)) {
      return finish(folder, JobState.failed(reason(folder, end, failures), time.now()));
    }
    String text =
        "The job's process ended ("
            + end
            + "). It is started again from "
            + (progress(folder).isEmpty() ? "the beginning" : progress(folder))
            + ".";
    note(folder, "restart-" + dead.attempt(), text);
    return start(folder, Optional.of(dead), failures);
  }

  private static String reason(JobFolder folder, String end, int failures) {
    String tail = folder.logTail();
    return "The job's process ended: "
        + end
        + (failures > 1 ? "; " + failures + " times in a row without getting further" : "")
        + ". "
        + (tail.isEmpty()
            ? "It wrote nothing to its log."
            : "The end of " + folder.log() + ":\n" + tail);
  }

  private OptionalInt exitCode(JobFolder folder, ChildRecord dead) {
    Process process = started.get(folder.id());
    if (process == null || process.pid() != dead.process().pid()) {
      return OptionalInt.empty();
    }
    try {
      // Dead already: this waits only for the moment until the system has handed over the code.
      return process.waitFor(BURIAL_SECONDS, TimeUnit.SECONDS)
          ? OptionalInt.of(process.exitValue())
          : OptionalInt.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return OptionalInt.empty();
    }
  }

  private JobState start(JobFolder folder, Optional<ChildRecord> before, int failures)
      throws IOException {
    ProcessBuilder builder = launcher.command(folder);
    builder
        .command(DetachedCommand.of(builder.command()))
        .directory(folder.directory().toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.log().toFile()));
    folder.write(JobState.of(JobStatus.QUEUED, time.now()));
    Process process = builder.start();
    int attempt = before.map(ChildRecord::attempt).orElse(0) + 1;
    new ChildRecord(ProcessIdentity.of(process.toHandle()), attempt, failures, progress(folder))
        .writeTo(folder);
    started.put(folder.id(), process);
    // Only now that the folder names the child may it go: if this application dies a moment
    // earlier, the child reads the end of its input instead and ends, so no child runs unobserved.
    try (OutputStream input = process.getOutputStream()) {
      input.write("start\n".getBytes(StandardCharsets.UTF_8));
    } catch (IOException diedAtOnce) {
      return folder.state();
    }
    return folder.state();
  }

  private JobState finish(JobFolder folder, JobState state) throws IOException {
    folder.write(state);
    try (EventLog log = EventLog.append(folder.events())) {
      log.write(
          new JobEvent.StatusChanged(
              state.status() + "-" + time.now().toEpochMilli(), time.now(), state.jobStatus()));
    }
    return state;
  }

  private void note(JobFolder folder, String id, String text) throws IOException {
    try (EventLog log = EventLog.append(folder.events())) {
      log.write(new JobEvent.MessageLogged(id, time.now(), JobEvent.Level.WARNING, text));
    }
  }

  /** Returns the name of the newest checkpoint, empty without one. */
  private static String progress(JobFolder folder) throws IOException {
    if (!Files.isDirectory(folder.checkpoints())) {
      return "";
    }
    try (Stream<Path> entries = Files.list(folder.checkpoints())) {
      return entries
          .map(path -> String.valueOf(path.getFileName()))
          .filter(name -> !name.startsWith(".") && !name.endsWith(".tmp"))
          .max(Comparator.comparingInt(String::length).thenComparing(name -> name))
          .orElse("");
    }
  }
}
