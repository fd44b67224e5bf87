package dev.finetune4j.simulator.openai;

import dev.finetune4j.json.JsonObject;
import dev.finetune4j.simulator.ErrorResponseException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A batch of the simulated service. Guarded by the state that it belongs to. */
final class SimulatedBatch {
  private static final Duration VALIDATING = Duration.ofSeconds(10);
  private static final Duration FINALIZING = Duration.ofSeconds(10);
  private static final Duration CANCELLING = Duration.ofMinutes(1);
  static final Duration WINDOW = Duration.ofHours(24);

  /** What the caller asked for. */
  record Wanted(String endpoint, SimulatedFile input, @Nullable Object metadata) {}

  final String id;
  private final State state;
  private final Wanted wanted;
  private final BatchLine.Read read;
  private final Instant createdAt;
  private final JobTimeline course;
  private final BatchRun run;
  private final Map<String, @Nullable Object> moments = new LinkedHashMap<>();
  private String status = "validating";

  SimulatedBatch(State state, Wanted wanted, BatchRun.Answering answering, Instant createdAt) {
    this.state = state;
    this.id = state.ids.next("batch_", 32);
    this.wanted = wanted;
    this.createdAt = createdAt;
    this.read = BatchLine.all(wanted.input().content(), wanted.endpoint(), answering::takes);
    this.run = new BatchRun(state, read.lines(), answering);
    this.course = new JobTimeline(createdAt);
    course.plan(VALIDATING, this::validated);
  }

  void advance(Instant now) {
    course.advance(now);
  }

  void cancel(Instant now) throws ErrorResponseException {
    if (!status.equals("validating") && !status.equals("in_progress")) {
      throw OpenAiErrors.invalid(null, null, "Cannot cancel a batch with status '" + status + "'.");
    }
    run.answer(share(now));
    enter("cancelling", now);
    Duration since = Duration.between(createdAt, now);
    course.plan(since.plus(CANCELLING), at -> finished("cancelled", at));
  }

  private void validated(Instant at) {
    if (!read.errors().isEmpty()) {
      enter("failed", at);
      return;
    }
    enter("in_progress", at);
    Duration length = state.settings.durations.batch();
    if (length.compareTo(WINDOW) > 0) {
      course.plan(WINDOW, this::expired);
    } else {
      Duration answering = length.minus(FINALIZING);
      course.plan(answering.compareTo(VALIDATING) < 0 ? VALIDATING : answering, this::answered);
    }
  }

  private void expired(Instant at) {
    run.answer(share(at));
    run.expireTheRest();
    finished("expired", at);
  }

  private void answered(Instant at) {
    run.answer(1);
    enter("finalizing", at);
    Duration since = Duration.between(createdAt, at);
    course.plan(since.plus(FINALIZING), last -> finished("completed", last));
  }

  private void finished(String word, Instant at) {
    run.keepFiles(at);
    enter(word, at);
  }

  /** Returns how much of the work is done: all of it takes the time that batches take. */
  private double share(Instant now) {
    double length = Math.max(1, state.settings.durations.batch().toMillis());
    return Math.min(1, Duration.between(createdAt, now).toMillis() / length);
  }

  private void enter(String word, Instant at) {
    status = word;
    moments.put(word + "_at", at.getEpochSecond());
  }

  JsonObject toJson() {
    boolean failed = status.equals("failed");
    JsonObject json =
        JsonObject.empty()
            .put("id", id)
            .put("object", "batch")
            .put("endpoint", wanted.endpoint())
            .put("errors", failed ? errors() : null)
            .put("input_file_id", wanted.input().id())
            .put("completion_window", "24h")
            .put("status", status)
            .put("output_file_id", run.outputFile())
            .put("error_file_id", run.errorFile())
            .put("created_at", createdAt.getEpochSecond());
    for (String word :
        List.of("in_progress", "finalizing", "completed", "failed", "cancelling", "cancelled")) {
      json.put(word + "_at", moments.get(word + "_at"));
    }
    return json.put("expired_at", moments.get("expired_at"))
        .put("expires_at", createdAt.plus(WINDOW).getEpochSecond())
        .put("request_counts", run.counts(status.equals("validating") || failed))
        .put("metadata", wanted.metadata());
  }

  private Map<String, Object> errors() {
    Map<String, Object> errors = new LinkedHashMap<>();
    errors.put("object", "list");
    errors.put("data", read.errors());
    return errors;
  }
}
