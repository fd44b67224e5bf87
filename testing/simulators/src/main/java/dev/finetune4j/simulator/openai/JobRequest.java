package dev.finetune4j.simulator.openai;

import dev.finetune4j.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A checked request to create a job. */
record JobRequest(
    SimulatedBaseModel base,
    String parent,
    Map<String, SimulatedFile> inputs,
    Method method,
    Choices choices) {

  static final String TRAINING_FILE = "training_file";
  static final String VALIDATION_FILE = "validation_file";

  /** The method's word and what was said about it. */
  record Method(String type, JsonObject details, JsonObject hyperparameters) {}

  /** What the caller may leave out. */
  record Choices(
      String suffix,
      long seed,
      @Nullable Map<String, @Nullable Object> metadata,
      List<@Nullable Object> integrations) {}

  SimulatedFile training() {
    return Optional.ofNullable(inputs.get(TRAINING_FILE)).orElseThrow();
  }

  Optional<SimulatedFile> validation() {
    return Optional.ofNullable(inputs.get(VALIDATION_FILE));
  }
}
