package dev.finetune4j.huggingface.internal.job;

import dev.finetune4j.error.NotFoundException;
import dev.finetune4j.error.UnsupportedCapabilityException;
import dev.finetune4j.huggingface.hub.HubFile;
import dev.finetune4j.huggingface.hub.HuggingFaceHub;
import dev.finetune4j.huggingface.hub.RepositoryId;
import dev.finetune4j.job.Checkpoint;
import dev.finetune4j.job.EventPage;
import dev.finetune4j.job.FineTuningJob;
import dev.finetune4j.job.JobOperations;
import dev.finetune4j.job.JobPage;
import dev.finetune4j.job.JobReference;
import dev.finetune4j.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The single calls on trainings that run on Hugging Face Jobs. A job that says it is completed
 * counts as such only if its result is on the Hub: the service means by it that the command ended
 * well, not that anything was kept. Thread-safe.
 */
public final class HubJobOperations implements JobOperations {
  static final String LABEL = "finetune4j";
  static final String TRAINING = "training";

  private static final List<String> RESULTS =
      List.of("adapter_model.safetensors", "model.safetensors", "model.safetensors.index.json");

  private final HuggingFaceHub hub;
  private final JobsApi jobs;

  /** Makes the operations. */
  public HubJobOperations(HuggingFaceHub hub, JobsApi jobs) {
    this.hub = hub;
    this.jobs = jobs;
  }

  /** Returns the job as it is now. One request, one more for a job that has completed. */
  @Override
  public FineTuningJob fetch(JobReference job) {
    return snapshot(jobs.fetch(job.id()));
  }

  /** Asks to end the job for good. Two requests; nothing happens to one that has ended. */
  @Override
  public FineTuningJob cancel(JobReference job) {
    jobs.cancel(job.id());
    return fetch(job);
  }

  @Override
  public FineTuningJob pause(JobReference job) {
    throw unsupported("pausing a job", "Cancel it, or let it run.");
  }

  @Override
  public FineTuningJob resume(JobReference job) {
    throw unsupported("resuming a job", "Submit the request again under another key.");
  }

  /** Returns what is new in the job's log. One request, which takes up to 5 s while it runs. */
  @Override
  public EventPage events(JobReference job, Optional<String> cursor) {
    int known = cursor.map(Integer::parseInt).orElse(0);
    return ServiceLog.page(jobs.log(job.id(), known), known);
  }

  @Override
  public List<Checkpoint> checkpoints(JobReference job) {
    throw unsupported("checkpoints that outlive a job", "Give the job enough time to end.");
  }

  @Override
  public JobPage list(Optional<String> cursor) {
    JobsApi.Page page = jobs.list(LABEL, TRAINING, cursor.orElse(null));
    return new JobPage(page.jobs().stream().map(this::snapshot).toList(), page.next());
  }

  private FineTuningJob snapshot(JsonObject json) {
    boolean completed = JobAnswers.stage(json).equals("COMPLETED");
    return JobAnswers.snapshot(json, completed ? missing(JobAnswers.result(json)) : null);
  }

  private @Nullable String missing(String result) {
    if (result.isEmpty()) {
      return "The job is none of this library.";
    }
    try {
      List<HubFile> found = hub.repository(RepositoryId.model(result)).files("main", RESULTS);
      return found.isEmpty()
          ? "The job ended well, and its result is not in " + result + "."
          : null;
    } catch (NotFoundException gone) {
      return "The job ended well, and the repository " + result + " is gone.";
    }
  }

  private static UnsupportedCapabilityException unsupported(String what, String cure) {
    return new UnsupportedCapabilityException(HuggingFaceHub.HUGGING_FACE, what, cure);
  }
}
