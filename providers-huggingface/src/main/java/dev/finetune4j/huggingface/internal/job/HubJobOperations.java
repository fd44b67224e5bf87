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
 * Operations on training jobs on Hugging Face Jobs. A completed job counts as succeeded only if its
 * result is on the Hub, because the service reports only that the command exited normally.
 * Thread-safe.
 */
public final class HubJobOperations implements JobOperations {
  static final String LABEL = "finetune4j";
  static final String TRAINING = "training";

  private static final List<String> RESULTS =
      List.of("adapter_model.safetensors", "model.safetensors", "model.safetensors.index.json");

  private final HuggingFaceHub hub;
  private final JobsApi jobs;

  /** Creates the operations. */
  public HubJobOperations(HuggingFaceHub hub, JobsApi jobs) {
    this.hub = hub;
    this.jobs = jobs;
  }

  /** Returns the current state of the job. One request, and one more for a completed job. */
  @Override
  public FineTuningJob fetch(JobReference job) {
    return snapshot(jobs.fetch(job.id()));
  }

  /** Cancels the job; does nothing if it has ended. Two requests. */
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
    throw unsupported("resuming a job", "Submit the request again with another key.");
  }

  /**
   * Returns new events from the job's log. One request, which takes up to 5 s while the job runs.
   */
  @Override
  public EventPage events(JobReference job, Optional<String> cursor) {
    int known = cursor.map(Integer::parseInt).orElse(0);
    return ServiceLog.page(jobs.log(job.id(), known), known);
  }

  @Override
  public List<Checkpoint> checkpoints(JobReference job) {
    throw unsupported("checkpoints that outlive a job", "Set a longer timeout.");
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
      return "The job was not created by this library.";
    }
    try {
      List<HubFile> found = hub.repository(RepositoryId.model(result)).files("main", RESULTS);
      return found.isEmpty() ? "The job completed, but its result is not in " + result + "." : null;
    } catch (NotFoundException gone) {
      return "The job completed, but the repository " + result + " no longer exists.";
    }
  }

  private static UnsupportedCapabilityException unsupported(String what, String cure) {
    return new UnsupportedCapabilityException(HuggingFaceHub.HUGGING_FACE, what, cure);
  }
}
