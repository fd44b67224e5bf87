package dev.finetune4j.huggingface.internal.job;

import dev.finetune4j.huggingface.hub.HuggingFaceHub;
import dev.finetune4j.job.FineTuningJob;
import dev.finetune4j.job.JobReference;
import dev.finetune4j.job.JobStatus;
import dev.finetune4j.json.JsonObject;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Converts the service's description of a job to core's types. Stateless. */
public final class JobAnswers {
  static final String BASE = "FINETUNE4J_BASE_MODEL";
  static final String RESULT = "FINETUNE4J_RESULT";
  static final String KEY_LABEL = "finetune4j-key";

  private JobAnswers() {}

  static JobStatus status(String stage) {
    return switch (stage) {
      case "SCHEDULING" -> JobStatus.QUEUED;
      case "RUNNING", "UPDATING" -> JobStatus.RUNNING;
      case "COMPLETED" -> JobStatus.SUCCEEDED;
      case "ERROR" -> JobStatus.FAILED;
      case "CANCELED", "DELETED" -> JobStatus.CANCELLED;
      default -> JobStatus.UNRECOGNIZED;
    };
  }

  static String stage(JsonObject json) {
    return json.requireObject("status").requireString("stage");
  }

  /** Returns the repository for the result; empty if the job was not created by this library. */
  static String result(JsonObject json) {
    return variable(json, RESULT);
  }

  static JobReference reference(JsonObject json) {
    return new JobReference(HuggingFaceHub.HUGGING_FACE, json.requireString("id"));
  }

  /**
   * Returns the snapshot.
   *
   * @param missing why a completed job has no result; null if it has one or has not completed
   */
  static FineTuningJob snapshot(JsonObject json, @Nullable String missing) {
    String stage = stage(json);
    JobStatus said = status(stage);
    JobStatus status = missing == null ? said : JobStatus.FAILED;
    Optional<String> message = json.requireObject("status").findString("message");
    return FineTuningJob.builder(reference(json), status, stage)
        .baseModel(variable(json, BASE))
        .createdAt(moment(json, "createdAt").orElse(Instant.EPOCH))
        .finishedAt(status.isTerminal() ? moment(json, "finishedAt").orElse(null) : null)
        .fineTunedModel(status == JobStatus.SUCCEEDED ? result(json) : null)
        .failureReason(
            status == JobStatus.FAILED
                ? Optional.ofNullable(missing)
                    .or(() -> message)
                    .orElse("The service gives no reason. See the log.")
                : null)
        .submissionKey(key(json).orElse(null))
        .providerJson(json.toString())
        .build();
  }

  /** Returns jobs in order of creation. */
  public static List<JsonObject> oldestFirst(List<JsonObject> jobs) {
    return jobs.stream()
        .sorted(
            Comparator.comparing((JsonObject job) -> moment(job, "createdAt").orElse(Instant.EPOCH))
                .thenComparing(job -> job.requireString("id")))
        .toList();
  }

  /** Returns the jobs with the one just created, which a delayed list may not include yet. */
  public static List<JsonObject> withOwn(List<JsonObject> listed, JsonObject own) {
    String id = own.requireString("id");
    if (listed.stream().anyMatch(job -> job.requireString("id").equals(id))) {
      return listed;
    }
    List<JsonObject> all = new ArrayList<>(listed);
    all.add(own);
    return oldestFirst(all);
  }

  static Optional<String> key(JsonObject json) {
    return json.findObject("labels").flatMap(labels -> labels.findString(KEY_LABEL));
  }

  static Optional<Instant> moment(JsonObject json, String name) {
    try {
      return json.findString(name).map(Instant::parse);
    } catch (DateTimeParseException unreadable) {
      return Optional.empty();
    }
  }

  private static String variable(JsonObject json, String name) {
    return json.findObject("environment").flatMap(all -> all.findString(name)).orElse("");
  }
}
