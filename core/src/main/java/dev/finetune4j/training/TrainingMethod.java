package dev.finetune4j.training;

import dev.finetune4j.dataset.Example;

/**
 * How a model learns from examples of one kind.
 *
 * @param <E> the kind of example that the method can use
 */
public sealed interface TrainingMethod<E extends Example>
    permits SupervisedTraining, PreferenceTraining, ReinforcementTraining {

  /** Returns the kind of example that the method can use. */
  Class<E> exampleType();

  /** Returns the kind of method, for tables and catalogs. */
  MethodKind kind();

  /** Returns the hyperparameters; what is not set, the provider chooses. */
  Hyperparameters hyperparameters();

  /** Returns which weights change. */
  WeightUpdate weightUpdate();
}
