package dev.finetune4j.providerkit.job;

import dev.finetune4j.job.FineTuningJob;
import dev.finetune4j.job.JobPage;
import dev.finetune4j.job.JobReference;
import dev.finetune4j.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads jobs as services really send them: members absent, null, -1, {@code error: {}}, or with
 * undocumented values. Only the id is required. Immutable and thread-safe.
 */
final class JobAnswers {
  private final JobDialect dialect;
  private final JobKeys keys;

  JobAnswers(JobDialect dialect) {
    this.dialect = dialect;
    this.keys = new JobKeys(dialect);
  }

  FineTuningJob job(JsonObject json) {
    String word = Members.text(json, "status");
    String status = word == null ? "" : word;
    String model = Members.text(json, "model");
    FineTuningJob.Builder job =
        FineTuningJob.builder(reference(json), dialect.status(status), status)
            .baseModel(model == null ? "" : model)
            .fineTunedModel(Members.text(json, "fine_tuned_model"))
            .finishedAt(Members.moment(json, "finished_at"))
            .failureReason(failure(Members.object(json, "error")))
            .submissionKey(keys.read(json))
            .providerJson(json.toString());
    Instant created = Members.moment(json, "created_at");
    job.createdAt(created == null ? Instant.EPOCH : created);
    Long tokens = Members.count(json, "trained_tokens");
    if (tokens != null) {
      job.trainedTokens(tokens);
    }
    return job.build();
  }

  JobPage page(JsonObject json) {
    List<JsonObject> items = json.objects("data");
    boolean more = json.findBoolean("has_more").orElse(false);
    return new JobPage(
        items.stream().map(this::job).toList(), more ? Members.lastId(items) : Optional.empty());
  }

  private JobReference reference(JsonObject json) {
    return new JobReference(dialect.provider(), json.requireString("id"));
  }

  private static @Nullable String failure(JsonObject error) {
    String message = Members.text(error, "message");
    String code = Members.word(error, "code");
    String parameter = Members.text(error, "param");
    if (message == null && code == null) {
      return null;
    }
    StringBuilder reason = new StringBuilder(code == null ? "" : code + ": ");
    reason.append(message == null ? "no explanation" : message);
    return reason.append(parameter == null ? "" : " (" + parameter + ")").toString();
  }
}
