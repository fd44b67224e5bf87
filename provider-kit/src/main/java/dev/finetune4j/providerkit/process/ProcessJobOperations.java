package dev.finetune4j.providerkit.process;

import dev.finetune4j.PollingSchedule;
import dev.finetune4j.ProviderId;
import dev.finetune4j.Time;
import dev.finetune4j.error.NotFoundException;
import dev.finetune4j.error.ProviderFailure;
import dev.finetune4j.job.Checkpoint;
import dev.finetune4j.job.EventPage;
import dev.finetune4j.job.FineTuningJob;
import dev.finetune4j.job.JobEvent;
import dev.finetune4j.job.JobOperations;
import dev.finetune4j.job.JobPage;
import dev.finetune4j.job.JobReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Jobs that are folders in one directory, each worked on by a child process at a time. The id of a
 * job is the name of its folder.
 *
 * <p>Each {@link #fetch} also looks after the child: one that died is started again from its last
 * checkpoint, at most three times in a row without a new checkpoint; then the job has failed, and
 * the reason names the exit code or the signal and the end of the log. {@link #list} only reads.
 * Every call reads or writes a few small files and none waits for training. Thread-safe, also
 * against other applications that use the same directory.
 */
public final class ProcessJobOperations implements JobOperations {
  private static final int LIST_PAGE = 100;
  private static final String ID_FORM = "[A-Za-z0-9][A-Za-z0-9._-]{0,127}";

  private final ProviderId provider;
  private final Path jobs;
  private final JobSupervisor supervisor;

  private ProcessJobOperations(Builder builder) {
    provider = builder.provider;
    jobs = builder.jobs.toAbsolutePath().normalize();
    supervisor =
        new JobSupervisor(builder.launcher, builder.time, builder.maximumRestarts, builder.silence);
  }

  /**
   * Starts the settings of jobs in a directory.
   *
   * @param jobs where the folders are; made when the first job is
   * @param launcher knows the command of a child
   */
  public static Builder builder(ProviderId provider, Path jobs, JobLauncher launcher) {
    return new Builder(provider, jobs, launcher);
  }

  @Override
  public PollingSchedule polling() {
    return PollingSchedule.local();
  }

  /**
   * Makes the folder of that id unless it is there, and starts its child unless one runs or the job
   * has ended. Two calls at once, also from two applications, make one folder and one child.
   *
   * @throws JobFolderException if the folder cannot be made; nothing is left of it then
   */
  public JobReference submit(String id, JobContents contents) {
    if (!id.matches(ID_FORM)) {
      throw new IllegalArgumentException(
          "A job's id has 1 to 128 letters, digits, dots, hyphens or underscores: \"" + id + "\"");
    }
    JobFolder folder = JobCreation.create(jobs, id, contents);
    act("Starting job " + id, () -> supervisor.settle(folder));
    return new JobReference(provider, id);
  }

  /** Returns the job of that id, empty if it does not exist. Reads the disk. */
  public Optional<JobReference> find(String id) {
    return id.matches(ID_FORM) && new JobFolder(jobs.resolve(id)).exists()
        ? Optional.of(new JobReference(provider, id))
        : Optional.empty();
  }

  /**
   * Returns the folder of a job.
   *
   * @throws NotFoundException if there is no such job
   */
  public JobFolder folder(JobReference job) {
    if (find(job.id()).isEmpty() || !job.provider().equals(provider)) {
      throw new NotFoundException(
          ProviderFailure.of(
              provider, "There is no job " + job + " in " + jobs + ". Look into the directory."));
    }
    return new JobFolder(jobs.resolve(job.id()));
  }

  @Override
  public FineTuningJob fetch(JobReference job) {
    JobFolder folder = folder(job);
    return snapshot(folder, act("Looking after job " + job, () -> supervisor.settle(folder)));
  }

  @Override
  public FineTuningJob cancel(JobReference job) {
    JobFolder folder = folder(job);
    return snapshot(
        folder, act("Cancelling job " + job, () -> supervisor.request(folder, JobCommand.CANCEL)));
  }

  @Override
  public FineTuningJob pause(JobReference job) {
    JobFolder folder = folder(job);
    return snapshot(
        folder, act("Pausing job " + job, () -> supervisor.request(folder, JobCommand.PAUSE)));
  }

  /**
   * Withdraws the pause and restarts the child if it has ended; a failed job continues on from its
   * last checkpoint too, for example after room was made on a full disk.
   */
  @Override
  public FineTuningJob resume(JobReference job) {
    JobFolder folder = folder(job);
    return snapshot(folder, act("Resuming job " + job, () -> supervisor.resume(folder)));
  }

  /** Returns a page of at most 256 KiB of events; the cursor is a byte offset. */
  @Override
  public EventPage events(JobReference job, Optional<String> cursor) {
    JobFolder folder = folder(job);
    return act("Reading the events of job " + job, () -> EventLog.read(folder.events(), cursor));
  }

  @Override
  public List<Checkpoint> checkpoints(JobReference job) {
    JobFolder folder = folder(job);
    Map<String, Checkpoint> byId = new LinkedHashMap<>();
    for (JobEvent event :
        act("Reading the events of job " + job, () -> EventLog.readAll(folder.events()))) {
      if (event instanceof JobEvent.CheckpointSaved saved) {
        byId.putIfAbsent(saved.checkpoint().id(), saved.checkpoint());
      }
    }
    return List.copyOf(byId.values());
  }

  @Override
  public JobPage list(Optional<String> cursor) {
    int from = cursor.map(Integer::parseInt).orElse(0);
    List<FineTuningJob> all = act("Listing the jobs in " + jobs, this::readAll);
    int to = Math.min(all.size(), from + LIST_PAGE);
    return new JobPage(
        all.subList(Math.min(from, to), to),
        to < all.size() ? Optional.of(Integer.toString(to)) : Optional.empty());
  }

  private List<FineTuningJob> readAll() throws IOException {
    if (!Files.isDirectory(jobs)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(jobs)) {
      return entries
          .filter(path -> String.valueOf(path.getFileName()).matches(ID_FORM))
          .map(JobFolder::new)
          .filter(JobFolder::exists)
          .map(folder -> snapshot(folder, folder.state()))
          .sorted(Comparator.comparing(FineTuningJob::createdAt).reversed())
          .toList();
    }
  }

  private FineTuningJob snapshot(JobFolder folder, JobState state) {
    return JobSnapshots.of(new JobReference(provider, folder.id()), folder.request(), state);
  }

  private static <T> T act(String doing, FolderLock.Action<T> action) {
    try {
      return action.run();
    } catch (IOException e) {
      throw JobFolderException.because(doing, e);
    }
  }

  /** Collects the settings. Not thread-safe. */
  public static final class Builder {
    private final ProviderId provider;
    private final Path jobs;
    private final JobLauncher launcher;
    private Time time = Time.system();
    private int maximumRestarts = 3;
    private Duration silence = Duration.ofMinutes(10);

    private Builder(ProviderId provider, Path jobs, JobLauncher launcher) {
      this.provider = Objects.requireNonNull(provider, "provider");
      this.jobs = Objects.requireNonNull(jobs, "jobs");
      this.launcher = Objects.requireNonNull(launcher, "launcher");
    }

    /** Sets the clock; the system's if not set. */
    public Builder time(Time clock) {
      time = clock;
      return this;
    }

    /** Sets how often in a row a child without a new checkpoint is started again; 3 if not set. */
    public Builder maximumRestarts(int count) {
      maximumRestarts = count;
      return this;
    }

    /** Sets how long a child may give no sign of life; 10 minutes if not set. */
    public Builder silence(Duration longest) {
      silence = longest;
      return this;
    }

    /** Returns the operations. No I/O. */
    public ProcessJobOperations build() {
      return new ProcessJobOperations(this);
    }
  }
}
