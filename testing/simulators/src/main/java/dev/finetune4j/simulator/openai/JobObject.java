package dev.finetune4j.simulator.openai;

import dev.finetune4j.json.JsonObject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON of a job (reference: "Job object"). */
final class JobObject {
  private final Settings settings;

  JobObject(Settings settings) {
    this.settings = settings;
  }

  JsonObject of(SimulatedJob job) {
    Dialect dialect = settings.dialect;
    JobRequest request = job.request;
    boolean done = job.phase() == SimulatedJob.Phase.SUCCEEDED;
    Instant finished = job.finishedAt();
    JsonObject json =
        JsonObject.empty()
            .put("object", "fine_tuning.job")
            .put("id", job.id)
            .put("model", request.parent())
            .put("created_at", job.createdAt.getEpochSecond())
            .put("finished_at", finished == null ? null : finished.getEpochSecond())
            .put("fine_tuned_model", job.tunedModel())
            .put("organization_id", "org-" + settings.organization)
            .put("result_files", List.copyOf(job.resultFiles))
            .put("status", job.word())
            .put("validation_file", request.validation().map(SimulatedFile::id).orElse(null))
            .put("training_file", request.training().id())
            .put("hyperparameters", topLevel(job))
            .put("trained_tokens", done ? job.plan.trainedTokens() : null)
            .put("error", error(job.failure()))
            .put(dialect.suffixMember(), nullIfEmpty(request.choices().suffix()))
            .put("seed", request.choices().seed())
            .put("estimated_finish", estimate(job))
            .put("integrations", request.choices().integrations())
            .put("usage_metrics", null)
            .put("shared_with_openai", false)
            .put("method", method(job));
    if (dialect.keepsMetadata()) {
      json.put("metadata", request.choices().metadata());
    }
    return json;
  }

  /** The top-level member is for supervised jobs; with other methods the service shows null. */
  private @Nullable Object topLevel(SimulatedJob job) {
    return job.request.method().type().equals("supervised") ? hyperparameters(job).asMap() : null;
  }

  private Map<String, Object> method(SimulatedJob job) {
    String type = job.request.method().type();
    JsonObject details = JsonObject.of(job.request.method().details().asMap());
    details.put("hyperparameters", hyperparameters(job).asMap());
    Map<String, Object> method = new LinkedHashMap<>();
    method.put("type", type);
    method.put(type, details.asMap());
    return method;
  }

  private JsonObject hyperparameters(SimulatedJob job) {
    JsonObject chosen = job.request.method().hyperparameters();
    String type = job.request.method().type();
    SimulatedJob.Phase phase = job.phase();
    if (phase == SimulatedJob.Phase.RUNNING || phase == SimulatedJob.Phase.SUCCEEDED) {
      return job.plan.settled(type, chosen);
    }
    JsonObject shown = JsonObject.empty();
    for (String name : List.of("batch_size", "learning_rate_multiplier", "n_epochs")) {
      shown.put(name, settings.dialect.automatic());
    }
    if (type.equals("dpo")) {
      shown.put("beta", settings.dialect.automatic());
    }
    chosen
        .asMap()
        .forEach(
            (name, value) ->
                shown.put(name, "auto".equals(value) ? settings.dialect.automatic() : value));
    return shown;
  }

  private static @Nullable Object error(@Nullable Problem problem) {
    // A job without an error shows an empty object here (reference: "Tolerances").
    return problem == null ? Map.of() : problem.toJson().asMap();
  }

  private static @Nullable Long estimate(SimulatedJob job) {
    return job.phase() == SimulatedJob.Phase.RUNNING
        ? (Long) job.estimatedFinish().getEpochSecond()
        : null;
  }

  private static @Nullable String nullIfEmpty(String text) {
    return text.isEmpty() ? null : text;
  }
}
