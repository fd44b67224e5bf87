package dev.finetune4j.huggingface.internal.space;

import dev.finetune4j.Time;
import dev.finetune4j.error.NotFoundException;
import dev.finetune4j.error.ProviderFailure;
import dev.finetune4j.error.UnsupportedCapabilityException;
import dev.finetune4j.huggingface.hub.HuggingFaceHub;
import dev.finetune4j.huggingface.hub.RepositoryId;
import dev.finetune4j.huggingface.hub.RepositoryKind;
import dev.finetune4j.huggingface.internal.job.ServiceLog;
import dev.finetune4j.job.Checkpoint;
import dev.finetune4j.job.EventPage;
import dev.finetune4j.job.FineTuningJob;
import dev.finetune4j.job.JobOperations;
import dev.finetune4j.job.JobPage;
import dev.finetune4j.job.JobReference;
import dev.finetune4j.job.JobStatus;
import dev.finetune4j.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Operations on training jobs in Spaces. The repository of the result shows whether a job has
 * succeeded; the Space pauses in either case. The first call that sees the end deletes the Space,
 * so that it is not billed and does not keep the token. Thread-safe.
 */
public final class SpaceJobOperations implements JobOperations {
  private static final Set<String> BROKEN =
      Set.of("BUILD_ERROR", "CONFIG_ERROR", "RUNTIME_ERROR", "PAUSED", "STOPPED", "SLEEPING");
  private static final Set<String> RUNNING =
      Set.of("RUNNING", "RUNNING_BUILDING", "RUNNING_APP_STARTING");

  private final HuggingFaceHub hub;
  private final SpacesApi spaces;
  private final Time time;

  /** Creates the operations. */
  public SpaceJobOperations(HuggingFaceHub hub, Time time) {
    this.hub = hub;
    this.time = time;
    spaces = new SpacesApi(hub);
  }

  /** Returns the current state of the job. A few requests. */
  @Override
  public FineTuningJob fetch(JobReference job) {
    SpaceRecord record = record(job);
    JsonObject asked = record.job();
    Optional<JsonObject> outcome = record.outcome();
    if (outcome.isPresent()) {
      return ended(job, record, outcome.get());
    }
    String stage = "DELETED";
    String reason = "";
    try {
      JsonObject runtime = spaces.runtime(job.id());
      stage = runtime.requireString("stage");
      reason = runtime.findString("errorMessage").orElse("");
    } catch (NotFoundException gone) {
      reason = "The Space was deleted.";
    }
    if (stage.equals("DELETED") || BROKEN.contains(stage)) {
      // Its program writes the outcome before it pauses, possibly between the two requests.
      Optional<JsonObject> late = record.outcome();
      return ended(job, record, late.orElseGet(() -> broken(record, job)));
    }
    JobStatus status = RUNNING.contains(stage) ? JobStatus.RUNNING : JobStatus.QUEUED;
    return snapshot(job, asked, status, stage).providerJson(reason).build();
  }

  /** Cancels the job and deletes the Space. A few requests. */
  @Override
  public FineTuningJob cancel(JobReference job) {
    SpaceRecord record = record(job);
    if (record.outcome().isEmpty()) {
      record.writeOutcome(outcome(JobStatus.CANCELLED));
    }
    return fetch(job);
  }

  @Override
  public FineTuningJob pause(JobReference job) {
    throw unsupported("pausing a job");
  }

  @Override
  public FineTuningJob resume(JobReference job) {
    throw unsupported("resuming a job");
  }

  /**
   * Returns new events from the log, which is kept when the Space is deleted. One request, a few
   * after the end.
   */
  @Override
  public EventPage events(JobReference job, Optional<String> cursor) {
    int known = cursor.map(Integer::parseInt).orElse(0);
    try {
      return ServiceLog.page(spaces.log(job.id(), known), known);
    } catch (NotFoundException gone) {
      return ServiceLog.page(record(job).log(), known);
    }
  }

  @Override
  public List<Checkpoint> checkpoints(JobReference job) {
    throw unsupported("checkpoints");
  }

  @Override
  public JobPage list(Optional<String> cursor) {
    throw unsupported("a list of jobs");
  }

  private SpaceRecord record(JobReference job) {
    if (!job.id().matches("[\\w.-]+/" + SpaceRecord.PREFIX + "[\\w-]+")) {
      throw new NotFoundException(
          ProviderFailure.of(HuggingFaceHub.HUGGING_FACE, "No Space has a job " + job.id() + "."));
    }
    return new SpaceRecord(hub, job.id());
  }

  private JsonObject broken(SpaceRecord record, JobReference job) {
    JsonObject outcome = outcome(JobStatus.FAILED).put("failure_reason", failureReason(job));
    record.writeOutcome(outcome);
    return outcome;
  }

  private String failureReason(JobReference job) {
    String why = "The Space ended without a result: ";
    try {
      JsonObject runtime = spaces.runtime(job.id());
      why += runtime.requireString("stage");
      why += runtime.findString("errorMessage").map(text -> ", " + text).orElse("");
    } catch (NotFoundException gone) {
      return why + "it was deleted.";
    }
    List<String> lines = said(job).stream().map(ServiceLog.Line::text).toList();
    List<String> tail = lines.subList(Math.max(0, lines.size() - 10), lines.size());
    return tail.isEmpty() ? why + "." : why + ". The end of its log:\n" + String.join("\n", tail);
  }

  /** Returns its log so far; empty if the Space or its log does not exist. */
  private List<ServiceLog.Line> said(JobReference job) {
    try {
      return spaces.log(job.id(), 0);
    } catch (NotFoundException none) {
      return List.of();
    }
  }

  private JsonObject outcome(JobStatus status) {
    return JsonObject.empty()
        .put("status", status.name().toLowerCase(Locale.ROOT))
        .put("finished_at", time.now().toString());
  }

  private FineTuningJob ended(JobReference job, SpaceRecord record, JsonObject outcome) {
    clear(job, record);
    String word = outcome.requireString("status");
    boolean cancelled = word.equals("cancelled");
    boolean worked = word.equals("succeeded") && record.hasWeights();
    JobStatus status =
        worked ? JobStatus.SUCCEEDED : cancelled ? JobStatus.CANCELLED : JobStatus.FAILED;
    return snapshot(job, record.job(), status, word)
        .finishedAt(outcome.findString("finished_at").map(Instant::parse).orElse(time.now()))
        .fineTunedModel(worked ? job.id() : null)
        .failureReason(
            status == JobStatus.FAILED
                ? outcome
                    .findString("failure_reason")
                    .orElse("The Space completed, but there are no weights in " + job.id() + ".")
                : null)
        .build();
  }

  /** Saves the log and deletes the Space; does nothing if it does not exist. */
  private void clear(JobReference job, SpaceRecord record) {
    List<ServiceLog.Line> said = said(job);
    if (!said.isEmpty()) {
      record.writeLog(said);
    }
    // A Space without a log may still exist and keep the token.
    hub.repository(new RepositoryId(RepositoryKind.SPACE, job.id())).delete();
  }

  private static FineTuningJob.Builder snapshot(
      JobReference job, JsonObject asked, JobStatus status, String stage) {
    return FineTuningJob.builder(job, status, stage)
        .baseModel(asked.requireString("base_model"))
        .createdAt(Instant.parse(asked.requireString("created_at")))
        .submissionKey(asked.requireString("submission_key"));
  }

  private static UnsupportedCapabilityException unsupported(String what) {
    return new UnsupportedCapabilityException(
        HuggingFaceHub.HUGGING_FACE, what + " in a Space", "Use Hugging Face Jobs.");
  }
}
