package dev.finetune4j.providerkit.process;

import dev.finetune4j.job.JobStatus;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The content of {@code state.json}. Immutable and thread-safe.
 *
 * @param status the status as the child wrote it: a {@link JobStatus} in lower case, or one that
 *     this version does not know
 * @param heartbeatAt when the child last gave a sign of life
 * @param fineTunedModel the name of the result, once there is one
 * @param trainedTokens the tokens trained on, once known
 * @param finishedAt when the job ended
 * @param failureReason why it failed
 */
public record JobState(
    String status,
    Instant heartbeatAt,
    Optional<String> fineTunedModel,
    OptionalLong trainedTokens,
    Optional<Instant> finishedAt,
    Optional<String> failureReason) {

  /** Returns a state with nothing but a status. */
  public static JobState of(JobStatus status, Instant at) {
    return new JobState(
        word(status),
        at,
        Optional.empty(),
        OptionalLong.empty(),
        status.isTerminal() ? Optional.of(at) : Optional.empty(),
        Optional.empty());
  }

  /** Returns the end of a job without a model. */
  public static JobState failed(String reason, Instant at) {
    return new JobState(
        word(JobStatus.FAILED),
        at,
        Optional.empty(),
        OptionalLong.empty(),
        Optional.of(at),
        Optional.of(reason));
  }

  /** Returns the end of a job with a model. */
  public static JobState succeeded(String model, long trainedTokens, Instant at) {
    return new JobState(
        word(JobStatus.SUCCEEDED),
        at,
        Optional.of(model),
        OptionalLong.of(trainedTokens),
        Optional.of(at),
        Optional.empty());
  }

  /** Returns the status, {@link JobStatus#UNRECOGNIZED} for an unknown word. */
  public JobStatus jobStatus() {
    return statusOf(status);
  }

  static JobStatus statusOf(String word) {
    for (JobStatus known : JobStatus.values()) {
      if (word(known).equals(word)) {
        return known;
      }
    }
    return JobStatus.UNRECOGNIZED;
  }

  static JobState parse(String json) {
    JsonObject object = Json.parseObject(json);
    return new JobState(
        object.requireString("status"),
        object.findString("heartbeat_at").map(Instant::parse).orElse(Instant.EPOCH),
        object.findString("fine_tuned_model"),
        object.findLong("trained_tokens"),
        object.findString("finished_at").map(Instant::parse),
        object.findString("failure_reason"));
  }

  String toJson() {
    return JsonObject.empty()
        .put("status", status)
        .put("heartbeat_at", heartbeatAt.toString())
        .putIfPresent("fine_tuned_model", fineTunedModel)
        .putIfPresent("trained_tokens", trainedTokens)
        .putIfPresent("finished_at", finishedAt.map(Instant::toString))
        .putIfPresent("failure_reason", failureReason)
        .toString();
  }

  private static String word(JobStatus status) {
    return status.name().toLowerCase(Locale.ROOT);
  }
}
