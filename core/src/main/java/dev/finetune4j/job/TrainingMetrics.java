package dev.finetune4j.job;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What a job measured at one step. Which figures are there differs between providers and steps.
 * Immutable and thread-safe.
 *
 * @param step the update, from 1
 * @param values the figures by name; the constants here name those that several providers give
 */
public record TrainingMetrics(long step, Map<String, Double> values) {

  /** How much of all passes through the data is done: 1.5 is half-way through the second. */
  public static final String EPOCH = "epoch";

  /** The loss on the batch of this step. */
  public static final String LOSS = "loss";

  /** The loss on the validation data, or a sample of it. */
  public static final String VALIDATION_LOSS = "validation_loss";

  /** The learning rate of this step. */
  public static final String LEARNING_RATE = "learning_rate";

  /** The tokens trained on so far. */
  public static final String TRAINED_TOKENS = "trained_tokens";

  /** The tokens trained on per second, lately. */
  public static final String TOKENS_PER_SECOND = "tokens_per_second";

  /** All updates that the job means to make. */
  public static final String TOTAL_STEPS = "total_steps";

  /** Copies the map, keeping its order. */
  public TrainingMetrics {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** Returns the figure of that name, empty if this step has none. */
  public OptionalDouble find(String name) {
    Double value = values.get(name);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }
}
