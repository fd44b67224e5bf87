package dev.finetune4j.providerkit.job;

import dev.finetune4j.json.JsonObject;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.SubmissionKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts the submission key into a request and reads it out of a job. In a suffix it follows the
 * caller's own suffix and an underscore, which no key contains. Immutable and thread-safe.
 */
final class JobKeys {
  static final String METADATA_NAME = "finetune4j_submission_key";
  private static final char BETWEEN = '_';

  private final JobDialect dialect;

  JobKeys(JobDialect dialect) {
    this.dialect = dialect;
  }

  boolean areInMetadata() {
    return dialect.keyPlace() == KeyPlace.METADATA;
  }

  void write(FineTuningRequest request, JsonObject body) {
    if (areInMetadata()) {
      body.putIfPresent("suffix", request.suffix());
      body.put("metadata", JsonObject.empty().put(METADATA_NAME, request.submissionKey().value()));
    } else {
      body.put("suffix", suffix(request));
    }
  }

  @Nullable String read(JsonObject job) {
    if (areInMetadata()) {
      return Members.text(Members.object(job, "metadata"), METADATA_NAME);
    }
    String suffix = Members.text(job, "suffix");
    suffix = suffix == null ? Members.text(job, "user_provided_suffix") : suffix;
    return suffix == null ? null : suffix.substring(suffix.lastIndexOf(BETWEEN) + 1);
  }

  boolean belongsTo(JsonObject job, SubmissionKey key) {
    return key.value().equals(read(job));
  }

  /** Returns the caller's suffix, cut where the key needs the room, and the key. */
  private String suffix(FineTuningRequest request) {
    String key = request.submissionKey().value();
    Optional<String> own = request.suffix().filter(text -> !text.isEmpty());
    int room = dialect.longestSuffix() - key.length() - 1;
    if (own.isEmpty() || room < 1) {
      return key;
    }
    String text = own.get();
    return text.substring(0, Math.min(room, text.length())) + BETWEEN + key;
  }
}
