package dev.finetune4j.training;

import dev.finetune4j.dataset.PreferenceExample;
import java.util.OptionalDouble;

/**
 * Learns to prefer one answer to another (DPO).
 *
 * @param hyperparameters what is not set, the provider chooses
 * @param weightUpdate which weights change
 * @param beta how strongly the model is held near its start: low follows the preferences more;
 *     empty lets the provider choose
 */
public record PreferenceTraining(
    Hyperparameters hyperparameters, WeightUpdate weightUpdate, OptionalDouble beta)
    implements TrainingMethod<PreferenceExample> {

  /** Returns preference training with everything left to the provider. */
  public static PreferenceTraining withDefaults() {
    return new PreferenceTraining(
        Hyperparameters.providerDefaults(), WeightUpdate.providerChosen(), OptionalDouble.empty());
  }

  /** Returns this method with another beta, above 0. */
  public PreferenceTraining withBeta(double value) {
    return new PreferenceTraining(hyperparameters, weightUpdate, OptionalDouble.of(value));
  }

  /** Returns this method with other hyperparameters. */
  public PreferenceTraining withHyperparameters(Hyperparameters values) {
    return new PreferenceTraining(values, weightUpdate, beta);
  }

  /** Returns this method with another weight update. */
  public PreferenceTraining withWeightUpdate(WeightUpdate update) {
    return new PreferenceTraining(hyperparameters, update, beta);
  }

  @Override
  public Class<PreferenceExample> exampleType() {
    return PreferenceExample.class;
  }

  @Override
  public MethodKind kind() {
    return MethodKind.PREFERENCE;
  }
}
