package dev.finetune4j.cost;

import dev.finetune4j.ModelReference;
import java.time.LocalDate;
import java.util.Optional;

/**
 * What models cost, as known on one day. What is not known is empty, never guessed. Thread-safe; no
 * I/O.
 */
public interface PriceBook {

  /** Returns what training this base model costs. */
  Optional<TrainingPrice> trainingPrice(ModelReference baseModel);

  /** Returns what asking the base model itself costs. */
  Optional<InferencePrice> inferencePrice(ModelReference baseModel);

  /** Returns what asking a model that was tuned from {@code baseModel} costs. */
  Optional<InferencePrice> tunedInferencePrice(ModelReference baseModel);

  /** Returns what a deployment of a model tuned from {@code baseModel} costs per hour. */
  Optional<Money> hostingPricePerHour(ModelReference baseModel);

  /** Returns the day on which the prices were read. */
  LocalDate asOf();
}
