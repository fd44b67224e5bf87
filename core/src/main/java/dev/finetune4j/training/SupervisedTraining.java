package dev.finetune4j.training;

import dev.finetune4j.dataset.ChatExample;

/**
 * Learns the trained messages of conversations.
 *
 * @param hyperparameters what is not set, the provider chooses
 * @param weightUpdate which weights change
 */
public record SupervisedTraining(Hyperparameters hyperparameters, WeightUpdate weightUpdate)
    implements TrainingMethod<ChatExample> {

  /** Returns supervised training with everything left to the provider. */
  public static SupervisedTraining withDefaults() {
    return new SupervisedTraining(
        Hyperparameters.providerDefaults(), WeightUpdate.providerChosen());
  }

  /** Returns this method with other hyperparameters. */
  public SupervisedTraining withHyperparameters(Hyperparameters values) {
    return new SupervisedTraining(values, weightUpdate);
  }

  /** Returns this method with another weight update. */
  public SupervisedTraining withWeightUpdate(WeightUpdate update) {
    return new SupervisedTraining(hyperparameters, update);
  }

  @Override
  public Class<ChatExample> exampleType() {
    return ChatExample.class;
  }

  @Override
  public MethodKind kind() {
    return MethodKind.SUPERVISED;
  }
}
