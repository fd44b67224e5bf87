package dev.finetune4j.providerkit.job;

import dev.finetune4j.grading.spec.GraderSpecJson;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.Hyperparameters;
import dev.finetune4j.training.LearningRate;
import dev.finetune4j.training.MethodKind;
import dev.finetune4j.training.PreferenceTraining;
import dev.finetune4j.training.ReinforcementTraining;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes job requests of the dialect. Immutable and thread-safe. */
final class JobBodies {
  // The service wants these inside the method; callers name them beside the other options.
  private static final List<String> METHOD_OPTIONS = List.of("hyperparameters", "response_format");

  private final JobDialect dialect;
  private final JobKeys keys;

  JobBodies(JobDialect dialect) {
    this.dialect = dialect;
    this.keys = new JobKeys(dialect);
  }

  JsonObject of(FineTuningRequest request, JobFiles files) {
    JsonObject body =
        JsonObject.empty()
            .put("model", dialect.wireName(request.baseModel()))
            .put("training_file", files.training());
    body.putIfPresent("validation_file", files.validation());
    if (dialect.hasMethodMember()) {
      body.put("method", method(request));
    } else {
      body.put("hyperparameters", hyperparameters(request));
    }
    body.putIfPresent("seed", request.seed());
    keys.write(request, body);
    dialect.members().forEach(body::put);
    String word = word(request.method().kind());
    request
        .providerOptions()
        .forEach(
            (name, value) -> {
              if (dialect.hasMethodMember() && METHOD_OPTIONS.contains(name)) {
                merge(body.asMap(), "method", Map.of(word, Map.of(name, value)));
              } else {
                merge(body.asMap(), name, value);
              }
            });
    return body;
  }

  /** Returns the dialect's word for a method. */
  static String word(MethodKind kind) {
    return switch (kind) {
      case SUPERVISED -> "supervised";
      case PREFERENCE -> "dpo";
      case REINFORCEMENT -> "reinforcement";
    };
  }

  private JsonObject method(FineTuningRequest request) {
    JsonObject settings = JsonObject.empty();
    if (request.method() instanceof ReinforcementTraining reinforcement) {
      settings.put("grader", Json.parseObject(GraderSpecJson.write(reinforcement.grader())));
    }
    settings.put("hyperparameters", hyperparameters(request));
    String word = word(request.method().kind());
    return JsonObject.empty().put("type", word).put(word, settings);
  }

  private JsonObject hyperparameters(FineTuningRequest request) {
    Hyperparameters wanted = request.method().hyperparameters();
    JsonObject json = JsonObject.empty();
    put(json, "n_epochs", wanted.epochs().isPresent() ? wanted.epochs().getAsInt() : null);
    put(json, "batch_size", wanted.batchSize().isPresent() ? wanted.batchSize().getAsInt() : null);
    put(
        json,
        "learning_rate_multiplier",
        wanted.learningRate().map(LearningRate::value).orElse(null));
    if (request.method() instanceof PreferenceTraining preference) {
      put(json, "beta", preference.beta().isPresent() ? preference.beta().getAsDouble() : null);
    }
    return json;
  }

  private void put(JsonObject json, String name, @Nullable Object value) {
    json.putIfPresent(name, value == null ? dialect.automatic() : value);
  }

  /** Sets a member, or merges if both values are objects. */
  private static void merge(Map<String, @Nullable Object> into, String name, Object value) {
    if (into.get(name) instanceof Map<?, ?> present && value instanceof Map<?, ?> added) {
      Map<String, @Nullable Object> merged = new LinkedHashMap<>();
      present.forEach((key, old) -> merged.put(String.valueOf(key), old));
      added.forEach((key, each) -> merge(merged, String.valueOf(key), each));
      into.put(name, merged);
    } else {
      into.put(name, value);
    }
  }
}
