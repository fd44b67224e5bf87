package dev.finetune4j.job;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The metrics of one training step. Which metrics exist differs between providers and steps.
 * Immutable and thread-safe.
 *
 * @param step the number of the step, from 1
 * @param values the metrics by name; the constants are the names that several providers share
 */
public record TrainingMetrics(long step, Map<String, Double> values) {

  /** The passes through the data so far: 1.5 is half of the second. */
  public static final String EPOCH = "epoch";

  /** The loss on the batch of this step. */
  public static final String LOSS = "loss";

  /** The loss on the validation data or a sample of it. */
  public static final String VALIDATION_LOSS = "validation_loss";

  /** The learning rate of this step. */
  public static final String LEARNING_RATE = "learning_rate";

  /** The tokens trained on so far. */
  public static final String TRAINED_TOKENS = "trained_tokens";

  /** The recent number of tokens per second. */
  public static final String TOKENS_PER_SECOND = "tokens_per_second";

  /** The number of steps that the job will make. */
  public static final String TOTAL_STEPS = "total_steps";

  /** Copies the map, keeping its order. */
  public TrainingMetrics {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** Returns the metric with that name; empty if this step does not have it. */
  public OptionalDouble find(String name) {
    Double value = values.get(name);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }
}
