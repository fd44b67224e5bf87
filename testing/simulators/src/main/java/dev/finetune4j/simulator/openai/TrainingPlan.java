package dev.finetune4j.simulator.openai;

import dev.finetune4j.json.JsonObject;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The epochs, steps and tokens of a job, or why it cannot run. */
record TrainingPlan(
    TrainingFile training, @Nullable TrainingFile validation, long epochs, long batchSize) {
  private static final long MINIMUM_SEEN = 100;
  private static final long MAXIMUM_SEEN = 25_000;

  static TrainingPlan of(JobRequest request, TrainingFileCache files) {
    String type = request.method().type();
    TrainingFile training = files.read(request.training(), type, JobRequest.TRAINING_FILE);
    TrainingFile validation =
        request
            .validation()
            .map(file -> files.read(file, type, JobRequest.VALIDATION_FILE))
            .orElse(null);
    JsonObject chosen = request.method().hyperparameters();
    long epochs = number(chosen, "n_epochs", automaticEpochs(training.examples()));
    long batch =
        number(chosen, "batch_size", Math.max(1, Math.min(256, training.examples() / 500)));
    return new TrainingPlan(training, validation, epochs, batch);
  }

  /** The rule that OpenAI's cookbook uses for its estimate. */
  private static long automaticEpochs(long examples) {
    if (examples == 0) {
      return 1;
    } else if (examples * 3 < MINIMUM_SEEN) {
      return Math.min(25, MINIMUM_SEEN / examples);
    } else if (examples * 3 > MAXIMUM_SEEN) {
      return Math.max(1, MAXIMUM_SEEN / examples);
    }
    return 3;
  }

  @Nullable Problem problem() {
    if (training.problem() != null || validation == null) {
      return training.problem();
    }
    return validation.problem();
  }

  long stepsPerEpoch() {
    return Math.max(1, (training.examples() + batchSize - 1) / batchSize);
  }

  long steps() {
    return stepsPerEpoch() * epochs;
  }

  long trainedTokens() {
    return training.tokens() * epochs;
  }

  /** Returns the hyperparameters with a number for each that was left to the service. */
  JsonObject settled(String method, JsonObject chosen) {
    JsonObject settled = JsonObject.empty();
    settled.put("batch_size", batchSize).put("n_epochs", epochs);
    settled.put("learning_rate_multiplier", value(chosen, "learning_rate_multiplier", 1.8));
    if (method.equals("dpo")) {
      settled.put("beta", value(chosen, "beta", 0.1));
    }
    for (Map.Entry<String, @Nullable Object> entry : chosen.asMap().entrySet()) {
      if (!settled.has(entry.getKey())) {
        settled.put(entry.getKey(), entry.getValue());
      }
    }
    return settled;
  }

  private static Object value(JsonObject chosen, String name, double automatic) {
    return chosen.asMap().get(name) instanceof Number number ? number : (Object) automatic;
  }

  private static long number(JsonObject chosen, String name, long automatic) {
    return chosen.asMap().get(name) instanceof Number number ? number.longValue() : automatic;
  }
}
